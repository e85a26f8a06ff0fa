package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.AssemblyScriptModules.abort;
import static io.github.dagwasm.wasm.AssemblyScriptModules.string;
import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestAbortTest {

    /** Where the strings' units are; their sizes stand before them. */
    private static final int MESSAGE = 8192;

    private static final int FILE = 16_384;

    /** Where the memory ends. */
    private static final int END = 65_536;

    private static final SandboxUse EMPTY = new SandboxUse(0, 0, 0, 0);

    @TempDir Path folder;

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    private void aborts(TestModule module, String message) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module.bytes());
        TextProcessor processor = (TextProcessor) backend.create(definition(file));

        assertThatThrownBy(() -> processor.process(with("text")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(message);
        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    private static TestModule aborting(int message, int file, int line, int column) {
        return AssemblyScriptModules.aborting(abort(message, file, line, column));
    }

    private static TestModule saying(String message) {
        return aborting(MESSAGE, FILE, 12, 5)
                .data(MESSAGE - 4, string(message))
                .data(FILE - 4, string("assembly/index.ts"));
    }

    @Test
    void tellsMessageFileLineAndColumn() {
        aborts(
                saying("index out of range"),
                "the guest aborted: guest: index out of range (assembly/index.ts:12:5)");
    }

    @Test
    void tellsWhatThereIsWherePointersAreNull() {
        aborts(aborting(0, 0, 0, 0), "the guest aborted (line 0, column 0)");
        aborts(
                aborting(0, FILE, -1, Integer.MIN_VALUE).data(FILE - 4, string("a.ts")),
                "the guest aborted (a.ts:4294967295:2147483648)");
        aborts(
                aborting(MESSAGE, 0, 1, 2).data(MESSAGE - 4, string("why")),
                "the guest aborted: guest: why (line 1, column 2)");
    }

    @Test
    void escapesWhatTheGuestSays() {
        aborts(
                saying("\u001b[2J\n\u202eä\\ \ud800x \udc00\ud83c"),
                "the guest aborted: guest: \\u{1b}[2J\\u{a}\\u{202e}ä\\\\ \\u{d800}x"
                        + " \\u{dc00}\\u{d83c} (assembly/index.ts:12:5)");
        aborts(
                aborting(0, FILE, 1, 2).data(FILE - 4, string("a\r\n.ts")),
                "the guest aborted (a\\u{d}\\u{a}.ts:1:2)");
    }

    @Test
    void showsTheBeginningOfLongTexts() {
        String earth = "\ud83c\udf0d";

        aborts(
                saying(earth.repeat(1000)),
                "the guest aborted: guest: " + earth.repeat(1000) + " (assembly/index.ts:12:5)");
        aborts(
                saying(earth.repeat(1001)),
                "the guest aborted: guest: " + earth.repeat(1000) + "… (assembly/index.ts:12:5)");
        aborts(
                aborting(0, FILE, 1, 2).data(FILE - 4, string("f".repeat(20_000))),
                "the guest aborted (" + "f".repeat(200) + "…:1:2)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, END + 1, END + 4})
    void readsNothingOutsideOfTheMemory(int pointer) {
        aborts(
                aborting(pointer, pointer, 1, 2),
                "the guest aborted: guest: (outside of the memory) ((outside of the memory):1:2)");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, END - MESSAGE + 1})
    void believesNoSize(int size) {
        aborts(
                aborting(MESSAGE, 0, 1, 2).data(MESSAGE - 4, string(size)),
                "the guest aborted: guest: (outside of the memory) (line 1, column 2)");
    }

    @Test
    void aStringMayEndWhereTheMemoryEndsAndInHalfAUnit() {
        byte[] half = string(3, (byte) 'a', (byte) 0, (byte) 'b');

        aborts(
                aborting(END - 3, END, 1, 2).data(END - 7, half),
                "the guest aborted: guest: a ((outside of the memory):1:2)");
    }

    @Test
    void isTheSameInTheStartFunctionAndInAnInitialisation() {
        String message = "the guest aborted: guest: too early (a.ts:3:4)";
        Code abort = abort(MESSAGE, FILE, 3, 4);

        aborts(early().function(0, 0, 0, abort).start(AssemblyScriptModules.FIRST_OWN), message);
        aborts(early().exported("_initialize", 0, 0, 0, abort), message);
    }

    private static TestModule early() {
        return AssemblyScriptModules.aborting(code().get(0))
                .data(MESSAGE - 4, string("too early"))
                .data(FILE - 4, string("a.ts"));
    }
}
