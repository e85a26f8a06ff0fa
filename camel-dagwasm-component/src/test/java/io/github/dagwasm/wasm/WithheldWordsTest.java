package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.block;
import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static io.github.dagwasm.wasm.WasiGuests.say;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A guest that may log nothing does not tell its text by failing either. */
class WithheldWordsTest {

    private static final String SECRET = "4111111111111111";
    private static final int AT = 8192;

    @TempDir private Path folder;
    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void close() {
        backend.close();
    }

    static Stream<Arguments> talkers() {
        return Stream.of(
                arguments("the guest aborted", aborting()),
                arguments("the guest failed", CamelGuests.failing(SECRET)),
                arguments(
                        "the guest ended itself with exit code 3",
                        WasiGuests.command("one\n" + SECRET, say(1).then(say(2)).then(exit(3)))
                                .bytes()));
    }

    private static byte[] aborting() {
        Code abort = AssemblyScriptModules.abort(AT, 0, 0, 0);
        byte[] words = SECRET.getBytes(UTF_16LE);
        return AssemblyScriptModules.aborting(abort)
                .data(AT - 4, new byte[] {(byte) words.length, 0, 0, 0})
                .data(AT, words)
                .bytes();
    }

    @ParameterizedTest
    @MethodSource("talkers")
    void whatItSaidIsShown(String what, byte[] module) {
        TextProcessor processor = processor(module, 1024);

        assertThatThrownBy(() -> processor.process(with("text")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessageStartingWith(what)
                .hasMessageContaining(SECRET);
    }

    @ParameterizedTest
    @MethodSource("talkers")
    void whatItSaidIsWithheldWhereItMayLogNothing(String what, byte[] module) {
        TextProcessor processor = processor(module, 0);

        Throwable failure = catchThrowable(() -> processor.process(with("text")));

        assertThat(failure)
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(what + "; what it said is withheld, since it may log nothing")
                .hasNoCause()
                .hasNoSuppressedExceptions();
    }

    private TextProcessor processor(byte[] module, long logBytes) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        Map<String, Object> limits = Map.of("limits", block("log_bytes", logBytes));
        return (TextProcessor) backend.create(definition(file, limits, Map.of(), Map.of()));
    }
}
