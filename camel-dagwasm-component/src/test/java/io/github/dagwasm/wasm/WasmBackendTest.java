package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.block;
import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.TextProcessor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WasmBackendTest {

    private static final String LABEL = "processor 'append' (guest.wasm): ";
    private static final String NO_MEMORY =
            "it exports no memory named 'memory', in which the text would be; export its memory by"
                    + " that name";

    @TempDir Path folder;

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    @Test
    void declaresItsKeysOptionsAndSettings() {
        assertThat(backend.name()).isEqualTo("wasm");
        assertThat(backend.keys())
                .extracting(KeySpec::name)
                .containsExactly("module", "sha256", "limits");
        assertThat(backend.options())
                .extracting(KeySpec::name)
                .containsExactly(
                        "intent",
                        "abi",
                        "function",
                        "result",
                        "args",
                        "env",
                        "grant",
                        "headers",
                        "answer",
                        "fuel_level");
        assertThat(backend.settings())
                .extracting(KeySpec::name)
                .containsExactly("limits", "fuel", "load_timeout_seconds", "admission");
        assertThat(backend.defaultTimeout()).contains(Duration.ofSeconds(5));
    }

    @Test
    void warnsOfFunctionsThatAreInterpreted() {
        PrintStream before = System.err;
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        System.setErr(new PrintStream(error, true, UTF_8));
        try {
            create(TestModules.endlessLoopInHugeFunction(), Map.of(), Map.of(), Map.of());
        } finally {
            System.setErr(before);
        }

        assertThat(error.toString(UTF_8))
                .contains(
                        "WARN io.github.dagwasm.wasm.WasmBackend - "
                                + LABEL
                                + "some functions are too large for a JVM method and are interpreted,"
                                + " which is many times slower");
    }

    @Test
    void saysWhatAFileLooksLikeThatIsNoModule() {
        refused(new byte[0]).hasMessage(LABEL + "it is empty");
        refused("hello, world\n".getBytes(UTF_8))
                .hasMessage(LABEL + "it is not a WebAssembly binary: it looks like text");
        refused("(module)".getBytes(UTF_8))
                .hasMessage(
                        LABEL
                                + "it is not a WebAssembly binary: it looks like WebAssembly text:"
                                + " compile it first");
        refused(TestModule.bytes(0x1f, 0x8b, 8, 0))
                .hasMessage(LABEL + "it is not a WebAssembly binary: it looks like a gzip file");
        refused(TestModule.bytes(0x7f, 'E', 'L', 'F', 2, 1))
                .hasMessage(LABEL + "it is not a WebAssembly binary: it looks like an ELF binary");
        refused(TestModule.bytes(1, 2, 3))
                .hasMessage(
                        LABEL
                                + "it is not a WebAssembly binary: it looks like a binary that begins"
                                + " with 01 02 03");
        refused(TestModule.bytes(0, 'a', 's', 'm', 2, 0, 0, 0))
                .hasMessage(LABEL + "its version is 02 00 00 00; supported is 01 00 00 00");
    }

    @Test
    void refusesAComponent() {
        refused(TestModules.componentHeader())
                .hasMessage(
                        LABEL
                                + "it is a WebAssembly component; only core modules are supported"
                                + " (what it is made of can be taken out with `wasm-tools component"
                                + " unbundle`)");
    }

    @Test
    void refusesATruncatedModule() {
        byte[] whole = TestModules.echo();

        refused(Arrays.copyOf(whole, 6))
                .hasMessage(LABEL + "it is truncated: the header has 8 bytes, and the file 6");
        refused(Arrays.copyOf(whole, whole.length - 1))
                .hasMessageStartingWith(
                        LABEL + "it is truncated or malformed: the data section at byte ");
    }

    @Test
    void refusesAModuleThatIsTooLarge() {
        Map<String, Object> settings = Map.of("admission", block("module_bytes", 100));
        byte[] module = TestModules.echo();

        assertThatThrownBy(() -> create(module, Map.of(), Map.of(), settings))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        LABEL
                                + "module bytes: "
                                + module.length
                                + ", over the budget of 100 (option wasm.admission.module_bytes)");
    }

    @Test
    void refusesAModuleWithAnotherDigestThanPinned() throws Exception {
        byte[] module = TestModules.echo();
        String sha256 = sha256(module);
        String other = "0".repeat(64);

        assertThatThrownBy(() -> create(module, Map.of("sha256", other), Map.of(), Map.of()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(LABEL + "its sha256 is " + sha256 + ", but pinned is " + other);
        assertThat(
                        create(
                                module,
                                Map.of("sha256", sha256.toUpperCase(Locale.ROOT)),
                                Map.of(),
                                Map.of()))
                .isNotNull();
    }

    @Test
    void refusesAnImportThatIsNotProvided() {
        TestModule wasi = new TestModule().importFunction("wasi_other", "fd_read", 4, 1);

        refused(wasi.bytes())
                .hasMessage(
                        LABEL
                                + "import wasi_other.fd_read is not provided; provided:"
                                + " env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI preview 1 (did you mean wasi_snapshot_preview1.fd_read?)");
    }

    @Test
    void refusesAnImportOfAnotherType() {
        refused(new TestModule().importFunction("env", "host_log", 1, 1).bytes())
                .hasMessage(
                        LABEL
                                + "import env.host_log has the type (i32) -> (i32); provided: (i32,"
                                + " i32) -> (); declare it with this type");
    }

    @Test
    void escapesTheNamesOfImports() {
        refused(new TestModule().importFunction("a\n\u001b[1m", "b".repeat(200), 0, 0).bytes())
                .hasMessage(
                        LABEL
                                + "import a\\u{a}\\u{1b}[1m."
                                + "b".repeat(100)
                                + "… is not provided; provided: env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI preview 1; build it without this import");
    }

    @Test
    void refusesAModuleWithoutTheFunction() {
        byte[] module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("proces", 1, 1, 0, code().get(0))
                        .exported("allocate", 1, 1, 0, code().get(0))
                        .exported("deallocate", 2, 0, 0, code())
                        .bytes();

        refused(module)
                .hasMessage(
                        LABEL
                                + "it speaks none of the calling conventions cstring, buffer,"
                                + " assemblyscript, wasi and camel-wasm; exported functions: proces"
                                + " (i32) -> (i32), allocate (i32) -> (i32), deallocate (i32, i32) ->"
                                + " () (option function: did you mean 'proces'?)");
        refused(new TestModule().memory(1).exportMemory("memory").bytes())
                .hasMessage(
                        LABEL
                                + "it speaks none of the calling conventions cstring, buffer,"
                                + " assemblyscript, wasi and camel-wasm; exported functions: none; export"
                                + " the function that takes the text");
    }

    @Test
    void refusesAFunctionOfAnotherType() {
        refused(
                        new TestModule()
                                .memory(1)
                                .exportMemory("memory")
                                .exported("process", 2, 1, 0, code().get(0))
                                .bytes())
                .hasMessage(
                        LABEL
                                + "exported function 'process' has the type (i32, i32) -> (i32), and"
                                + " no calling convention takes that: abi cstring and"
                                + " assemblyscript take (i32) -> (i32), buffer (i32, i32, i32) ->"
                                + " (i32), camel-wasm (i32, i32) -> (i64)");
    }

    @Test
    void refusesAModuleWithoutAllocator() {
        TestModule module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("process", 1, 1, 0, code().get(0));
        refused(module.bytes())
                .hasMessage(
                        LABEL
                                + "it exports neither 'allocate' and 'deallocate' nor 'malloc' and"
                                + " 'free', which abi cstring needs; exported functions: process; if"
                                + " it is AssemblyScript, build it with: asc ... --exportRuntime");

        module.exported("allocate", 1, 1, 0, code().get(0)).exported("deallocate", 1, 0, 0, code());
        refused(module.bytes())
                .hasMessage(
                        LABEL
                                + "exported function 'deallocate' has the type (i32) -> (); abi"
                                + " cstring needs (i32, i32) -> ()");
    }

    @Test
    void refusesAnInitializerOfAnotherType() {
        refused(
                        TestModules.guest("", code().get(0))
                                .exported("_initialize", 1, 0, 0, code())
                                .bytes())
                .hasMessage(
                        LABEL
                                + "exported function '_initialize' has the type (i32) -> (); expected"
                                + " () -> ()");
    }

    @Test
    void refusesAModuleThatDoesNotExportItsMemory() {
        refused(TestModules.unexported("", code().get(0)).bytes()).hasMessage(LABEL + NO_MEMORY);
        refused(TestModules.unexported("", code().get(0)).exportMemory("mem").bytes())
                .hasMessage(LABEL + NO_MEMORY);
    }

    @Test
    void refusesTwoMemories() {
        refused(TestModules.guest("", code().get(0)).memory(1).bytes())
                .hasMessage(
                        LABEL
                                + "it uses a proposal that is not supported: multiple memories (the"
                                + " memory section); link it with one memory");
    }

    @Test
    void refusesAMemoryThatBeginsOverTheLimit() {
        refused(new TestModule().memory(65536).bytes())
                .hasMessage(
                        LABEL
                                + "initial memory bytes: 4294967296, over the limit of 67108864"
                                + " (option limits.memory_mb)");
    }

    @Test
    void refusesMoreLocalsThanTheBudget() {
        refused(TestModules.localsBomb(20_000, 50_000))
                .hasMessage(
                        LABEL
                                + "locals over all functions: 1000000000, over the budget of 5000000"
                                + " (option wasm.admission.locals)");
    }

    @Test
    void refusesMoreTableEntriesThanTheLimit() {
        TestModule bomb = new TestModule();
        for (int i = 0; i < 4; i++) {
            bomb.table(10_000_000);
        }

        refused(bomb.bytes())
                .hasMessage(
                        LABEL
                                + "table entries: 40000000, over the limit of 100000 (option"
                                + " limits.table_entries)");
    }

    @Test
    void aTableWithoutEntriesCountsToo() {
        TestModule bomb = new TestModule();
        Map<String, Object> settings = Map.of("limits", block("table_entries", 9));
        for (int i = 0; i < 10; i++) {
            bomb.table(0);
        }

        assertThatThrownBy(() -> create(bomb.bytes(), Map.of(), Map.of(), settings))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        LABEL
                                + "table entries: 10, over the limit of 9 (option"
                                + " limits.table_entries)");
    }

    @Test
    void refusesWhatTheEngineFindsInvalid() {
        refused(TestModules.guest("", code()).bytes())
                .hasMessageStartingWith(LABEL + "it is not valid: ");
    }

    @Test
    void aProcessorsLimitsGoBeforeThePipelinesAndThoseBeforeTheBackends() throws Exception {
        byte[] echo = TestModules.echo();
        Map<String, Object> four = Map.of("limits", block("input_bytes", 4));
        Map<String, Object> five = Map.of("limits", block("input_bytes", 5));

        try (WasmBackend strict =
                new WasmBackend(
                        WasmPolicy.DEFAULTS.withLimits(
                                new Allowances(Map.of("input_bytes", 3L), Map.of())))) {
            Path file = TestModule.write(folder.resolve("guest.wasm"), echo);
            assertThat(limitOf(strict.create(definition(file)))).isEqualTo(3);
            assertThat(limitOf(strict.create(definition(file, Map.of(), Map.of(), four))))
                    .isEqualTo(4);
            assertThat(limitOf(strict.create(definition(file, five, Map.of(), four)))).isEqualTo(5);
        }
    }

    @Test
    void tellsItsResource() {
        assertThat(create(TestModules.echo(), Map.of(), Map.of(), Map.of()).resource())
                .contains("guest.wasm");
    }

    @Test
    void tellsTheDigestOfTheBytesThatRun() throws Exception {
        byte[] first = TestModules.echo();
        PipelineProcessor processor = create(first, Map.of(), Map.of(), Map.of());
        create(TestModules.append("-x"), Map.of(), Map.of(), Map.of());

        assertThat(processor.sha256()).contains(sha256(first));
    }

    @Test
    void sharesAModuleAndDropsItWithItsLastUser() {
        PipelineProcessor first = create(TestModules.echo(), Map.of(), Map.of(), Map.of());
        PipelineProcessor second = create(TestModules.echo(), Map.of(), Map.of(), Map.of());
        assertThat(backend.loadedModules()).isEqualTo(1);

        first.close();
        assertThat(backend.loadedModules()).isEqualTo(1);
        second.close();
        assertThat(backend.loadedModules()).isZero();
    }

    @Test
    void aRefusalKeepsNoModuleLoaded() {
        refused(TestModules.unexported("", code().get(0)).bytes());

        assertThat(backend.loadedModules()).isZero();
    }

    private static long limitOf(PipelineProcessor processor) {
        try {
            ((TextProcessor) processor).process(with("a long text"));
            return -1;
        } catch (LimitExceededException e) {
            return e.value();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private AbstractThrowableAssert<?, ?> refused(byte[] module) {
        return assertThatThrownBy(() -> create(module, Map.of(), Map.of(), Map.of()))
                .isInstanceOf(ModuleRefusedException.class);
    }

    private PipelineProcessor create(
            byte[] module,
            Map<String, Object> keys,
            Map<String, Object> options,
            Map<String, Object> settings) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        return backend.create(definition(file, keys, options, settings));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
