package io.github.dagwasm.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the other commands must not wait for. */
class CliArchitectureTest {

    private static final JavaClasses CLI =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.github.dagwasm.cli");

    @Test
    void onlyServeKnowsCamel() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.dagwasm.cli.serve..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.camel..", "io.github.dagwasm.camel..")
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
}
