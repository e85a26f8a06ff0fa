package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.FIRST_MORE;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static io.github.dagwasm.wasm.WasiGuests.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Modules that compilers build as a program, with functions beside it: the program runs once, and
 * the functions find what it set up.
 */
class StartBesideFunctionsTest {

    private static final int MARK = WasiGuests.FREE;

    @TempDir Path folder;
    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void close() {
        backend.close();
    }

    private TextProcessor processor(byte[] module, Map<String, Object> keys) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        return (TextProcessor) backend.create(Calls.definition(file, keys, Map.of(), Map.of()));
    }

    private static String answer(TextProcessor processor, String text) throws Exception {
        return processor.process(Calls.with(text)).text().string();
    }

    /** Adds one to what counts beginnings, in memory. */
    private static Code count() {
        return code().i32(MARK).i32(MARK).load8().i32(1).add().store8();
    }

    private static Code trapUnlessMarked(int expected) {
        return code().i32(MARK).load8().i32(expected).sub().if_().unreachable().end();
    }

    /** With functions of the convention cstring, which trap unless the mark is as expected. */
    private static TestModule library(int expected, Code start, String said) {
        return WasiGuests.module(said)
                .exported("_start", 0, 0, 4, start)
                .exported(
                        "malloc",
                        1,
                        1,
                        0,
                        trapUnlessMarked(expected).then(code().i32(WasiGuests.HEAP)))
                .exported("free", 1, 0, 0, code())
                .exported("process", 1, 1, 0, trapUnlessMarked(expected).then(code().get(0)));
    }

    @Test
    void itsProgramRunsOnceAndItsFunctionsAnswer() throws Exception {
        TextProcessor guest = processor(library(1, count(), "").bytes(), Map.of());

        for (int i = 0; i < 3; i++) {
            assertThat(answer(guest, "text " + i)).isEqualTo("text " + i);
        }
    }

    @Test
    void anExitWithCode0IsFine() throws Exception {
        // Called deep: nothing of the calls that the exit left may count later.
        Code deep = code().get(0).eqz().if_().then(exit(0)).end();
        deep.get(0).i32(1).sub().call(FIRST_MORE);
        TestModule module =
                WasiGuests.module("").function(1, 0, 0, deep).exported("_start", 0, 0, 0, start());
        byte[] wasm =
                module.exported("malloc", 1, 1, 0, code().i32(WasiGuests.HEAP))
                        .exported("free", 1, 0, 0, code())
                        .function(1, 0, 0, again(FIRST_MORE + 4))
                        .exported("process", 1, 1, 0, code().i32(900).call(FIRST_MORE + 4).get(0))
                        .bytes();
        TextProcessor guest = processor(wasm, Map.of("limits", Calls.block("call_depth", 1000)));

        for (int i = 0; i < 3; i++) {
            assertThat(answer(guest, "text " + i)).isEqualTo("text " + i);
        }
    }

    private static Code start() {
        return count().i32(900).call(FIRST_MORE);
    }

    private static Code again(int itself) {
        return code().get(0).if_().get(0).i32(1).sub().call(itself).end();
    }

    @Test
    void anotherExitCodeIsAFailureOfEachCallWithTheLastWords() {
        byte[] wasm = library(1, count().then(say(2)).then(exit(3)), "no rules.txt\n").bytes();
        TextProcessor guest = processor(wasm, Map.of());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> answer(guest, "text"))
                    .isInstanceOf(GuestFailureException.class)
                    .hasMessage(
                            "the guest ended itself with exit code 3; the guest's last line on"
                                    + " stderr: no rules.txt");
        }
    }

    @Test
    void aTrapIsAFailureOfEachCallWithTheLastWords() {
        byte[] wasm = library(1, say(2).unreachable(), "no rules.txt\n").bytes();
        TextProcessor guest = processor(wasm, Map.of());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> answer(guest, "text"))
                    .isInstanceOf(TrapException.class)
                    .hasMessage(
                            "the guest trapped: Trapped on unreachable instruction; the guest's"
                                    + " last line on stderr: no rules.txt");
        }
    }

    /** First the C library's part, then the program. */
    @Test
    void initializeComesFirst() throws Exception {
        byte[] wasm =
                library(2, trapUnlessMarked(1).then(count()), "")
                        .exported("_initialize", 0, 0, 0, count())
                        .bytes();

        assertThat(answer(processor(wasm, Map.of()), "text")).isEqualTo("text");
    }

    @Test
    void aModuleThatImportsNothingBeginsSoToo() throws Exception {
        byte[] wasm =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("_start", 0, 0, 0, count())
                        .exported(
                                "alloc",
                                1,
                                1,
                                0,
                                trapUnlessMarked(1).then(code().i32(WasiGuests.HEAP)))
                        .exported("dealloc", 2, 0, 0, code())
                        .exportedOf(
                                "process",
                                TestModule.bytes(0x60, 2, 0x7f, 0x7f, 1, 0x7e),
                                code().get(0)
                                        .op(0xad) // i64.extend_i32_u
                                        .i64(32)
                                        .op(0x86) // i64.shl
                                        .get(1)
                                        .op(0xad)
                                        .op(0x84)) // i64.or
                        .bytes();

        assertThat(answer(processor(wasm, Map.of()), "text")).isEqualTo("text");
    }

    /** Not a program: it takes something, or answers something. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFunctionOfAnotherTypeIsNotRun(int parameters) throws Exception {
        TestModule module = WasiGuests.module("");
        byte[] wasm =
                module.exported("_start", parameters, 1 - parameters, 0, unreachable())
                        .exported("malloc", 1, 1, 0, code().i32(WasiGuests.HEAP))
                        .exported("free", 1, 0, 0, code())
                        .exported("process", 1, 1, 0, code().get(0))
                        .bytes();

        assertThat(answer(processor(wasm, Map.of()), "text")).isEqualTo("text");
    }

    private static Code unreachable() {
        return code().unreachable();
    }

    /** It can be had by name. */
    @Test
    void theProgramIsTheFilterWhereThatIsSaid() throws Exception {
        byte[] wasm = library(1, WasiGuests.copy(1), "").bytes();

        Path file = TestModule.write(folder.resolve("guest.wasm"), wasm);
        TextProcessor filter =
                (TextProcessor)
                        backend.create(
                                Calls.definition(file, Map.of(), Map.of("abi", "wasi"), Map.of()));

        assertThat(answer(filter, "text")).isEqualTo("text");
    }
}
