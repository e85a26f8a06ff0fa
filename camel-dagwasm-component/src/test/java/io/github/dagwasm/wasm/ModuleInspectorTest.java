package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.wasm.ModuleInspection.Convention;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModuleInspectorTest {

    @TempDir Path folder;

    private final ModuleInspector inspector = new ModuleInspector(KeyValues.NONE);

    @AfterEach
    void closeInspector() {
        inspector.close();
    }

    private Path guest(byte[] module) {
        return TestModule.write(folder.resolve("guest.wasm"), module);
    }

    private ModuleInspection inspect(byte[] module) {
        return inspector.inspect(guest(module).toString(), KeyValues.NONE);
    }

    static Stream<Arguments> modules() {
        byte[] append = TestModules.append("-x");
        Map<String, byte[]> modules = new LinkedHashMap<>();
        modules.put("a good one", append);
        modules.put("one that traps", TestModules.trap());
        modules.put("one whose start function does not end", TestModules.endlessStart());
        modules.put("one with a huge function", TestModules.endlessLoopInHugeFunction());
        modules.put("a truncated one", Arrays.copyOf(append, append.length - 10));
        modules.put("a component", TestModules.componentHeader());
        modules.put("a bomb of locals", TestModules.localsBomb(1000, 50_000));
        modules.put(
                "an import that is not provided",
                new TestModule().importFunction("env", "abort", 4, 0).memory(1).bytes());
        modules.put("no memory", TestModules.unexported("", code().get(0)).bytes());
        modules.put("nothing", new TestModule().bytes());
        modules.put(
                "an initializer of another type",
                TestModules.guest("", code().get(0))
                        .exported("_initialize", 1, 0, 0, code())
                        .bytes());
        modules.put(
                "code that does not validate",
                TestModules.guest("", code().get(0)).function(0, 1, 0, code()).bytes());
        return modules.entrySet().stream().map(m -> Arguments.of(m.getKey(), m.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void admitsWhatTheBackendMakesAProcessorOfAndGivesItsReason(String what, byte[] module) {
        ModuleInspection inspection = inspect(module);

        Optional<String> refusal = Optional.empty();
        try (WasmBackend backend = new WasmBackend()) {
            backend.create(definition(guest(module))).close();
        } catch (ModuleRefusedException e) {
            refusal = Optional.of(e.getMessage());
        }

        assertThat(inspection.admitted()).isEqualTo(refusal.isEmpty());
        assertThat(inspection.reasons().stream().limit(1).toList())
                .isEqualTo(
                        refusal.stream()
                                .map(r -> r.replace("processor 'append' (guest.wasm): ", ""))
                                .toList());
    }

    @Test
    void tellsTheConventionItsFunctionsAndTheDigest() {
        ModuleInspection inspection = inspect(TestModules.append("-x"));

        assertThat(inspection.loaded().orElseThrow().convention())
                .contains(
                        new Convention(
                                "cstring",
                                Map.of(
                                        "process", "(i32) -> (i32)",
                                        "allocate", "(i32) -> (i32)")));
        assertThat(inspection.sha256())
                .isEqualTo("938f938ff31756dd1ff93540f61627dd229ce062fac9a2838ab8d150ca0aa7fa");
        assertThat(inspection.facts().bytes()).isEqualTo(232);
        assertThat(inspection.imports())
                .extracting(i -> i.refusal())
                .containsOnly(Optional.empty());
    }

    @Test
    void tellsWhichFunctionsAreInterpreted() {
        assertThat(inspect(TestModules.append("-x")).loaded().orElseThrow().interpretedFunctions())
                .isEmpty();
        assertThat(
                        inspect(TestModules.endlessLoopInHugeFunction())
                                .loaded()
                                .orElseThrow()
                                .interpretedFunctions())
                .containsExactly(3);
    }

    @Test
    void tellsWhyAMessageNeedsAFreshInstance() {
        assertThat(inspect(TestModules.append("-x")).loaded().orElseThrow().freshBecause())
                .isEmpty();
        assertThat(
                        inspect(TestModules.endlessLoopInHugeFunction())
                                .loaded()
                                .orElseThrow()
                                .freshBecause())
                .contains("its function 3 runs in the interpreter");
    }

    @Test
    void tellsWhyAnImportIsNotGranted() {
        byte[] module =
                new TestModule()
                        .importFunction("env", "host_log", 1, 0)
                        .importFunction("env", "abort", 4, 0)
                        .importFunction("env", "exit", 1, 0)
                        .bytes();

        assertThat(inspect(module).imports())
                .extracting(i -> i.found().name() + ": " + i.refusal().orElse("granted"))
                .containsExactly(
                        "host_log: provided as a function of type (i32, i32) -> ()",
                        "abort: granted",
                        "exit: not provided");
    }

    @Test
    void aModuleOverItsBudgetIsLookedAtAllTheSame() {
        Path module = guest(TestModules.append("-x"));
        KeyValues settings =
                new KeyValues(
                        Map.of(
                                "admission",
                                new KeyValues(Map.of("module_bytes", 20L, "exports", 1L))));

        try (ModuleInspector strict = new ModuleInspector(settings)) {
            ModuleInspection inspection = strict.inspect(module.toString(), KeyValues.NONE);

            assertThat(inspection.reasons())
                    .containsExactly(
                            "module bytes: 232, over the budget of 20 (option"
                                    + " wasm.admission.module_bytes)",
                            "exports: 4, over the budget of 1 (option wasm.admission.exports)");
            assertThat(inspection.facts().exports()).hasSize(4);
        }
    }

    @Test
    void whatIsNoWebAssemblyIsNotInspected() {
        Path file = guest("just text".getBytes(UTF_8));
        Path missing = folder.resolve("missing.wasm");

        assertThatThrownBy(() -> inspector.inspect(file.toString(), KeyValues.NONE))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(file + ": it is not a WebAssembly binary: it looks like text");
        assertThatThrownBy(() -> inspector.inspect(missing.toString(), KeyValues.NONE))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(missing + ": there is no such file");
    }

    @Test
    void hasTheSettingsOfAPipelineFile() {
        try (WasmBackend backend = new WasmBackend()) {
            assertThat(ModuleInspector.settings()).isEqualTo(backend.settings());
        }
    }

    @Test
    void aLoadThatTakesTooLongIsAReason() {
        KeyValues settings = new KeyValues(Map.of("load_timeout_seconds", 0.000_000_001));

        try (ModuleInspector hasty = new ModuleInspector(settings)) {
            ModuleInspection inspection =
                    hasty.inspect(
                            guest(TestModules.endlessLoopInHugeFunction()).toString(),
                            KeyValues.NONE);

            assertThat(inspection.reasons())
                    .singleElement(STRING)
                    .matches(
                            "it was not loaded within 0\\.0+1 s(?: of processor time|, ten times what"
                                    + " it may compute: the machine is busy) \\(option"
                                    + " wasm\\.load_timeout_seconds\\)");
            assertThat(inspection.loaded()).isEmpty();
        }
    }
}
