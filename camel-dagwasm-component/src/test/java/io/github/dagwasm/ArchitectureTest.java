package io.github.dagwasm;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.dylibso.chicory.wasi.WasiOptions;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.github.dagwasm.wasm.WasmBackend;
import io.github.dagwasm.wasm.engine.CodeStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The only arrows allowed between the packages, and the only libraries each of them knows. */
@TestInstance(Lifecycle.PER_CLASS) // Reading all classes takes longer than any rule.
class ArchitectureTest {

    private static final String ROOT = "io.github.dagwasm.";
    private static final String JDK = "java..";
    private static final String TEXT = ROOT + "text";
    private static final String FAILURE = ROOT + "failure";
    private static final String SPI = ROOT + "spi";
    private static final String DAG = ROOT + "dag";
    private static final String SLF4J = "org.slf4j..";
    private static final String CAMEL = "org.apache.camel..";
    private static final String ENGINE = ROOT + "wasm.engine";

    private final JavaClasses library =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.github.dagwasm");

    private void knowsOnly(String inPackage, String... others) {
        check(inPackage, Stream.concat(Stream.of(TEXT, FAILURE), Stream.of(others)));
    }

    private void check(String inPackage, Stream<String> others) {
        String[] allowed =
                Stream.concat(Stream.of(JDK, ROOT + inPackage), others).toArray(String[]::new);
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(ROOT + inPackage)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(library);
    }

    @Test
    void failuresKnowTheJdkAlone() {
        check("failure", Stream.of());
    }

    @Test
    void textsKnowTheFailures() {
        check("text", Stream.of(FAILURE));
    }

    @Test
    void spiKnowsTextsAndFailures() {
        knowsOnly("spi");
    }

    @Test
    void dagKnowsTheJdkAlone() {
        knowsOnly("dag");
    }

    @Test
    void pipelineKnowsNoBackend() {
        knowsOnly("pipeline", SPI, DAG, "org.snakeyaml.engine..");
    }

    @Test
    void executorKnowsNoBackend() {
        knowsOnly("executor", SPI, DAG);
    }

    @Test
    void localKnowsTheSpiAlone() {
        knowsOnly("local", SPI);
    }

    @Test
    void wasmKnowsItsOwnPackagesAndNoEngine() {
        knowsOnly(
                "wasm",
                SPI,
                ROOT + "wasm.admission",
                ENGINE,
                ENGINE + ".chicory",
                ROOT + "wasm.abi",
                SLF4J);
    }

    /** The classes between a pipeline file and the sandbox. */
    private static final Set<String> OF_FILES =
            Set.of(
                    "AdmissionKeys",
                    "Allowances",
                    "FuelKeys",
                    "Grants",
                    "Libraries",
                    "Library",
                    "LimitKeys",
                    "ModuleInspector",
                    "ModuleSources",
                    "OptionNames",
                    "ProcessorGuestCall",
                    "RefusalText",
                    "ResultObject",
                    "SurroundingsKeys",
                    "TimeAllowance",
                    "WasmBackend",
                    "WasmKeys",
                    "WasmPolicy",
                    "WasmProcessor");

    private static DescribedPredicate<JavaClass> ofFiles() {
        return DescribedPredicate.describe(
                "are between a pipeline file and the sandbox",
                type ->
                        type.getPackageName().equals(ROOT + "wasm")
                                && OF_FILES.contains(outermost(type).getSimpleName()));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    @Test
    void theSandboxKnowsNoPipelineFile() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(ROOT + "wasm")
                .and(DescribedPredicate.not(ofFiles()))
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(SPI).or(ofFiles()))
                .check(library);
    }

    @Test
    void admissionKnowsTheEngineInterfaceAlone() {
        knowsOnly("wasm.admission", ENGINE);
    }

    @Test
    void theEngineInterfaceKnowsNoEngine() {
        knowsOnly("wasm.engine");
    }

    @Test
    void onlyTheChicoryPackageKnowsChicory() {
        knowsOnly("wasm.engine.chicory", ENGINE, "com.dylibso.chicory..", "org.objectweb.asm..");
    }

    @Test
    void callingConventionsKnowTheEngineInterface() {
        knowsOnly("wasm.abi", ENGINE, "com.fasterxml.jackson.core..");
    }

    @Test
    void runtimeKnowsNoCamel() {
        knowsOnly(
                "runtime",
                SPI,
                DAG,
                ROOT + "pipeline",
                ROOT + "executor",
                ROOT + "local",
                ROOT + "wasm..",
                SLF4J,
                "io.opentelemetry.context..");
    }

    /** It need not be there. */
    @Test
    void oneClassKnowsOpenTelemetry() {
        ArchRuleDefinition.noClasses()
                .that()
                .haveNameNotMatching(".*\\.runtime\\.TraceContext")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(library);
    }

    @Test
    void theComponentKnowsNoEngine() {
        knowsOnly(
                "camel",
                SPI,
                ROOT + "pipeline",
                ROOT + "executor",
                ROOT + "local",
                ROOT + "wasm",
                ROOT + "runtime",
                CAMEL,
                SLF4J,
                "javax.management..");
    }

    @Test
    void theRouteLoaderKnowsTheComponentAndThePipelineFile() {
        knowsOnly("camel.route", SPI, ROOT + "pipeline", ROOT + "camel", CAMEL, SLF4J);
    }

    @Test
    void whoObservesKnowsTheComponent() {
        knowsOnly("camel.observe", SPI, ROOT + "camel", ROOT + "runtime", CAMEL, SLF4J);
    }

    @Test
    void theLanguageKnowsTheComponent() {
        knowsOnly("camel.language", SPI, ROOT + "camel", CAMEL, SLF4J);
    }

    @Test
    void problemsKnowTheFailuresAndCamel() {
        knowsOnly("camel.problem", SPI, ROOT + "camel", CAMEL);
    }

    @Test
    void onlyTheCamelPackagesKnowCamel() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "camel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CAMEL)
                .check(library);
    }

    @Test
    void whatRunsGuestsReachesNoFileServerOrProcess() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(ENGINE + "..", ROOT + "wasm.abi")
                .or()
                .haveSimpleName("CallLog")
                .or()
                .haveSimpleName("Outside")
                .or()
                .haveSimpleName("GuestAbort")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|RandomAccess).*|java\\.lang\\.Process.*")
                .orShould()
                .callMethodWhere(isOfRuntimeButTheSizeOfTheHeap())
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .check(library);
    }

    private static DescribedPredicate<JavaMethodCall> isOfRuntimeButTheSizeOfTheHeap() {
        Set<String> harmless = Set.of("getRuntime", "maxMemory");
        return DescribedPredicate.describe(
                "Runtime's, but for the size of the heap",
                call ->
                        call.getTargetOwner().isEquivalentTo(Runtime.class)
                                && !harmless.contains(call.getName()));
    }

    @Test
    void onlyTheStreamsOfAGuestHaveDiceAndWhoHandsTheLibraryUnusedOnes() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(ENGINE + "..", ROOT + "wasm.abi")
                .and()
                .haveNameNotMatching(".*\\.(GuestStreams|GuestDescriptors)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.(util|security)\\.[A-Za-z]*Random")
                .check(library);
    }

    @Test
    void nothingIsHandedToTheEnginesWasiButStreams() {
        ArchRuleDefinition.noClasses()
                .should()
                .callMethod(WasiOptions.Builder.class, "withDirectory", String.class, Path.class)
                .orShould()
                .callMethod(WasiOptions.Builder.class, "inheritSystem")
                .check(library);
    }

    @Test
    void hostFunctionsKnowNoInstanceToCallBack() {
        ArchRuleDefinition.noClasses()
                .that()
                .haveSimpleName("CallLog")
                .or()
                .haveSimpleName("GuestAbort")
                .or()
                .haveFullyQualifiedName(ENGINE + ".HostFunction")
                .or()
                .haveFullyQualifiedName(ENGINE + ".WasmMemory")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.engine\\.(WasmInstance|WasmModule|WasmEngine)")
                .check(library);
    }

    @Test
    void theEnginesOwnCachesKeepNoCompiledCode() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("com\\.dylibso\\.chicory\\..*Cache")
                .check(library);
    }

    @Test
    void theFolderThatSealsItsCodeIsTheOnlyStore() {
        ArchRuleDefinition.classes()
                .that()
                .implement(CodeStore.class)
                .should()
                .haveNameMatching(".*\\.(CodeFolder|CodeStore\\$1)")
                .check(library);
    }

    @Test
    void nothingInCamelKeepsCompiledCode() {
        ArchRuleDefinition.noClasses()
                .should()
                .callMethod(
                        WasmBackend.class, "keepingCodeIn", Path.class, Path.class, String.class)
                .check(library);
    }

    /** A clock may jump: what is shown to people and granted to guests may follow it, no more. */
    @Test
    void nothingIsMeasuredByAClockThatMayJump() {
        ArchRuleDefinition.noClasses()
                .that()
                .haveNameNotMatching(".*\\.(RunCounts|SystemClock)")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callConstructor(Date.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.time\\.(Clock|LocalDateTime|ZonedDateTime)")
                .check(library);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.dagwasm.(**)").should().beFreeOfCycles().check(library);
    }

    @Test
    void nothingButCamelKnowsTheRuntime() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("runtime")
                .definedBy(ROOT + "runtime")
                .layer("below")
                .definedBy(
                        TEXT,
                        FAILURE,
                        SPI,
                        DAG,
                        ROOT + "pipeline",
                        ROOT + "executor",
                        ROOT + "local",
                        ROOT + "wasm..")
                .layer("camel")
                .definedBy(ROOT + "camel..")
                .whereLayer("runtime")
                .mayOnlyBeAccessedByLayers("camel")
                .whereLayer("camel")
                .mayNotBeAccessedByAnyLayer()
                .check(library);
    }
}
