package io.github.dagwasm.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.dagwasm.camel.CamelBackend;
import io.github.dagwasm.camel.EndpointProcessors;
import io.github.dagwasm.wasm.WasmBackend;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the other commands must not wait for. */
class CliArchitectureTest {

    private static final JavaClasses CLI =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.github.dagwasm.cli");

    @Test
    void onlyServeAndEndpointsKnowCamel() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.github.dagwasm.cli.serve..", "io.github.dagwasm.cli.endpoints..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.apache.camel..", "io.github.dagwasm.camel..")
                                .and(not(type(CamelBackend.class)))
                                .and(not(type(EndpointProcessors.class))))
                .check(CLI);
    }

    @Test
    void serveKnowsNoOtherCommand() {
        noClasses()
                .that()
                .resideInAPackage("io.github.dagwasm.cli.serve..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.dagwasm.cli", "io.github.dagwasm.cli.graph..")
                .check(CLI);
    }

    @Test
    void serveKeepsNoCompiledCode() {
        noClasses()
                .that()
                .doNotHaveSimpleName("KeptCode")
                .should()
                .callMethod(
                        WasmBackend.class, "keepingCodeIn", Path.class, Path.class, String.class)
                .check(CLI);
        noClasses()
                .that()
                .doNotHaveSimpleName("PlainHost")
                .should()
                .dependOnClassesThat(simpleName("KeptCode"))
                .check(CLI);
    }
}
