package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.copy;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestException;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a guest writes to standard error before it fails is told with the failure. */
class LastWordsTest {

    private static final String TRAP = "the guest trapped: Trapped on unreachable instruction";

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

    private void assertTold(String stderr, String words) {
        TextProcessor traps =
                processor(
                        WasiGuests.command("", copy(2).then(code().unreachable())).bytes(),
                        Map.of());

        assertThatThrownBy(() -> traps.process(Calls.with(stderr)))
                .isInstanceOf(GuestException.class)
                .hasMessage(TRAP + words);
    }

    @Test
    void aTrapTellsThem() {
        assertTold(
                "panicked at rules.rs:7: no rule for this record\n",
                "; the guest's last line on stderr: panicked at rules.rs:7: no rule for this"
                        + " record");
        assertTold("", "");
        assertTold("\n\n", "");
        assertTold("one\n\n  two", "; the guest's last lines on stderr: one | two");
        assertTold(
                "one\r\n\ttwo\tthree\n",
                "; the guest's last lines on stderr: one | two\\u{9}three");
    }

    @Test
    void anExitTellsThem() {
        TextProcessor exits =
                processor(WasiGuests.command("", copy(2).then(exit(101))).bytes(), Map.of());

        assertThatThrownBy(
                        () ->
                                exits.process(
                                        Calls.with(
                                                "thread 'main' panicked at src/main.rs:4:5:\n"
                                                        + "Invalid input JSON\n"
                                                        + "note: run with `RUST_BACKTRACE=1`"
                                                        + " environment variable to display\n")))
                .hasMessage(
                        "the guest ended itself with exit code 101; the guest's last lines on"
                                + " stderr: thread 'main' panicked at src/main.rs:4:5: | Invalid"
                                + " input JSON | note: run with `RUST_BACKTRACE=1` environment"
                                + " variable to display");
    }

    /** Go writes two lines for each frame of the stack behind the reason. */
    @Test
    void aReasonIsKeptBeforeManyLinesAboutThePlace() {
        String frames = lines("main.f", 1, 100);

        assertTold(
                lines("reading ", 1, 30) + "panic: runtime error: index out of range\n" + frames,
                "; the guest's last lines on stderr: panic: runtime error: index out of range |"
                        + " main.f1 | main.f2 | ... | main.f93 | main.f94 | main.f95 | main.f96 |"
                        + " main.f97 | main.f98 | main.f99 | main.f100");
    }

    @Test
    void aReasonAmongTheLastLinesIsToldOnce() {
        assertTold(
                lines("reading ", 1, 30)
                        + "Error while running JS: Uncaught Error: no id\n    at f\n",
                "; the guest's last lines on stderr: reading 25 | reading 26 | reading 27 |"
                        + " reading 28 | reading 29 | reading 30 | Error while running JS: Uncaught"
                        + " Error: no id | at f");
    }

    /** A traceback of Python ends with the reason. */
    @Test
    void withoutAReasonTheFirstLinesAreToldBesideTheLast() {
        assertTold(
                "Traceback (most recent call last):\n" + lines("  in ", 1, 20) + "KeyError: 'id'",
                "; the guest's last lines on stderr: Traceback (most recent call last): | in 1 |"
                        + " in 2 | ... | in 14 | in 15 | in 16 | in 17 | in 18 | in 19 | in 20 |"
                        + " KeyError: 'id'");
    }

    @Test
    void eachLineIsBoundedAndEscaped() {
        assertTold(
                "\u001b[31mred\n" + "é".repeat(300),
                "; the guest's last lines on stderr: \\u{1b}[31mred | " + "é".repeat(256));
    }

    @Test
    void theNextMessageFindsNone() throws Exception {
        Code failIfLong =
                WasiGuests.readAll().get(0).i32(WasiGuests.HEAP + 3).op(0x4a).if_(); // i32.gt_s
        byte[] wasm =
                WasiGuests.command(
                                "secret\n",
                                failIfLong
                                        .then(WasiGuests.say(2))
                                        .end()
                                        .then(code().get(0).i32(WasiGuests.HEAP).sub().if_())
                                        .unreachable()
                                        .end())
                        .bytes();
        TextProcessor guest = processor(wasm, Map.of());

        assertThatThrownBy(() -> guest.process(Calls.with("long text")))
                .hasMessage(TRAP + "; the guest's last line on stderr: secret");
        assertThatThrownBy(() -> guest.process(Calls.with("ab"))).hasMessage(TRAP);
        assertThat(guest.process(Calls.with("")).text().string()).isEmpty();
    }

    @Test
    void aGuestThatMayLogNothingIsNotQuoted() {
        TextProcessor mute =
                processor(
                        WasiGuests.command("", copy(2).then(code().unreachable())).bytes(),
                        Map.of("limits", Calls.block("log_bytes", 0)));

        assertThatThrownBy(() -> mute.process(Calls.with("payload")))
                .hasMessage(TRAP + "; what it said is withheld, since it may log nothing")
                .hasNoCause();
        assertThatThrownBy(() -> mute.process(Calls.with(""))).hasMessage(TRAP);
    }

    private static String lines(String begin, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> begin + i + "\n")
                .collect(Collectors.joining());
    }
}
