package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.FIRST_MORE;
import static io.github.dagwasm.wasm.WasiGuests.FREE;
import static io.github.dagwasm.wasm.WasiGuests.copy;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static io.github.dagwasm.wasm.WasiGuests.load;
import static io.github.dagwasm.wasm.WasiGuests.orEnd;
import static io.github.dagwasm.wasm.WasiGuests.say;
import static io.github.dagwasm.wasm.WasiGuests.show;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command of WASI preview 1 as a processor. */
class WasiCommandTest {

    /** 2000-01-01T00:00:00Z. */
    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

    /** Where the monotonic clock stands when a call begins, an hour after its instance. */
    private static final long CALLED = 3_601_000_000_000L;

    private final WasmBackend backend = new WasmBackend();

    @TempDir Path folder;

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    private TextProcessor processor(
            byte[] module, Map<String, Object> keys, Map<String, Object> options) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        return (TextProcessor) backend.create(Calls.definition(file, keys, options, Map.of()));
    }

    private TextProcessor processor(byte[] module) {
        return processor(module, Map.of(), Map.of());
    }

    private static String answer(TextProcessor processor, String text) throws Exception {
        return processor.process(Calls.with(text)).text().string();
    }

    private static byte[] bytes(TextProcessor processor) throws Exception {
        return HexFormat.of().parseHex(answer(processor, ""));
    }

    /** Bytes that a command made, as digits: its answer is a text. */
    private static Code hex(int address, int length) {
        Code digits = code();
        for (int i = 0; i < length; i++) {
            for (int shift = 4; shift >= 0; shift -= 4) {
                int to = FREE + 256 + 2 * i + (shift == 4 ? 0 : 1);
                digits.i32(to)
                        .i32(address + i)
                        .load8()
                        .i32(shift)
                        .op(0x76) // i32.shr_u
                        .i32(15)
                        .op(0x71) // i32.and
                        .tee(0)
                        .i32('0')
                        .add()
                        .get(0)
                        .i32(9)
                        .op(0x4a) // i32.gt_s
                        .i32('a' - '0' - 10)
                        .op(0x6c) // i32.mul
                        .add()
                        .store8();
            }
        }
        return digits.then(show(FREE + 256, 2 * length));
    }

    @Test
    void isAFilterFromStandardInputToStandardOutput() throws Exception {
        TextProcessor filter = processor(WasiGuests.filter("-wasm"));

        for (String text :
                List.of("", "a", "two\nlines\n", "\0", "é ß 漢字 🦀 \uD800\uDF48 \uDBFF\uDFFD")) {
            assertThat(answer(filter, text)).isEqualTo(text + "-wasm");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4096, 61440, 61441, 65536, 1 << 20, 8 << 20})
    void carriesTextsOfAnySize(int bytes) throws Exception {
        TextProcessor filter = processor(WasiGuests.filter("-wasm"));
        String text = "x".repeat(bytes);

        for (int i = 0; i < 2; i++) {
            assertThat(answer(filter, text)).isEqualTo(text + "-wasm");
        }
    }

    @Test
    void anExitWithCode0IsSuccessAgainAndAgain() throws Exception {
        byte[] exiting =
                WasiGuests.command("!", copy(1).then(say(1)).call(FIRST_MORE + 1).unreachable())
                        .function(0, 0, 0, code().call(FIRST_MORE + 2).unreachable())
                        .function(0, 0, 0, exit(0).unreachable())
                        .bytes();
        TextProcessor exits = processor(exiting);

        for (int i = 0; i < 100; i++) {
            assertThat(answer(exits, "text " + i)).isEqualTo("text " + i + "!");
        }
    }

    @Test
    void anotherExitCodeIsAFailureWithTheLastLinesOfStandardError() throws Exception {
        byte[] module =
                WasiGuests.command("one\ncannot \u001b[1m parse", say(1).then(say(2)).then(exit(3)))
                        .bytes();

        assertThatThrownBy(() -> answer(processor(module), "text"))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(
                        "the guest ended itself with exit code 3; the guest's last lines on"
                                + " stderr: one | cannot \\u{1b}[1m parse");
        assertThatThrownBy(
                        () -> answer(processor(WasiGuests.command("", exit(-1)).bytes()), "text"))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage("the guest ended itself with exit code 4294967295");
    }

    @Test
    void anExitBeforeAnyTextIsAFailureWhateverTheCode() {
        byte[] module =
                WasiGuests.command("", copy(1))
                        .function(0, 0, 0, exit(0))
                        .start(FIRST_MORE + 1)
                        .bytes();

        assertThatThrownBy(() -> answer(processor(module), "text"))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage("the guest ended itself with exit code 0");
    }

    @Test
    void outputOverItsLimitEndsTheCall() throws Exception {
        TextProcessor filter =
                processor(
                        WasiGuests.filter("-wasm"),
                        Map.of("limits", Calls.block("output_bytes", 10)),
                        Map.of());

        assertThat(answer(filter, "12345")).isEqualTo("12345-wasm");
        assertThatThrownBy(() -> answer(filter, "123456"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 10 output bytes is exceeded (option limits.output_bytes)");
        assertThat(answer(filter, "12345")).isEqualTo("12345-wasm");
    }

    @Test
    void outputThatIsNoUtf8IsAFailure() {
        byte[] module =
                WasiGuests.command("", code().i32(FREE).i32(255).store8().then(show(FREE, 1)))
                        .bytes();

        assertThatThrownBy(() -> answer(processor(module), ""))
                .isInstanceOf(GuestFailureException.class)
                .hasMessageStartingWith("the guest's output is not UTF-8: ");
    }

    @Test
    void argumentsAndEnvironmentAreThoseOfItsOptions() throws Exception {
        Code args = code().i32(FREE).i32(FREE + 64).call(FIRST_MORE).then(orEnd(1));
        byte[] withArgs =
                WasiGuests.command("", args.then(show(FREE + 64, 15)), "args_get").bytes();
        Code environ = code().i32(FREE).i32(FREE + 64).call(FIRST_MORE).then(orEnd(1));
        byte[] withEnviron =
                WasiGuests.command("", environ.then(show(FREE + 64, 10)), "environ_get").bytes();

        assertThat(answer(processor(withArgs, Map.of(), Map.of("args", List.of("a b", "é"))), ""))
                .isEqualTo("guest\0a b\0é\0\0\0");
        assertThat(answer(processor(withArgs), "")).isEqualTo("guest" + "\0".repeat(10));
        assertThat(
                        answer(
                                processor(
                                        withEnviron,
                                        Map.of(),
                                        Map.of("env", List.of("A=b=c", "B="))),
                                ""))
                .isEqualTo("A=b=c\0B=\0\0");
        assertThat(answer(processor(withEnviron), "")).isEqualTo("\0".repeat(10));
    }

    private static Code now(int clock) {
        return code().i32(clock).i64(0).i32(FREE).call(FIRST_MORE).then(orEnd(1));
    }

    private static long time(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @Test
    void itsClockStandsStillUnlessItIsGranted() throws Exception {
        byte[] module = WasiGuests.command("", now(0).then(hex(FREE, 8)), "clock_time_get").bytes();
        TextProcessor without = processor(module);
        TextProcessor with = processor(module, Map.of(), Map.of("grant", List.of("clock")));

        for (int i = 0; i < 3; i++) {
            assertThat(time(bytes(without))).isEqualTo(BEGINNING.getEpochSecond() * 1_000_000_000);
        }
        long before = Instant.now().getEpochSecond();
        assertThat(time(bytes(with)) / 1_000_000_000)
                .isBetween(before, Instant.now().getEpochSecond());
    }

    @Test
    void theMonotonicClockIsNoWayToTheTime() throws Exception {
        byte[] module = WasiGuests.command("", now(1).then(hex(FREE, 8)), "clock_time_get").bytes();

        for (int i = 0; i < 3; i++) {
            assertThat(time(bytes(processor(module)))).isEqualTo(CALLED);
        }
    }

    /** A runtime takes a clock for broken that says the same twice, or 0. */
    @Test
    void eachLookMovesItsClocksByAMicrosecond() throws Exception {
        Code looks = now(1).then(now(0)).then(now(1));
        TextProcessor looking =
                processor(
                        WasiGuests.command("", looks.then(hex(FREE, 8)), "clock_time_get").bytes());

        for (int i = 0; i < 3; i++) {
            assertThat(time(bytes(looking))).isEqualTo(CALLED + 2000);
        }
    }

    @Test
    void aGuestThatLooksUntilTimeHasGoneComesToAnEnd() throws Exception {
        Code since = load(FREE).get(0).sub();
        Code wait =
                now(1).then(load(FREE))
                        .set(0)
                        .loop()
                        .then(now(1))
                        .then(since.i32(10_000_000).op(0x49)) // i32.lt_u
                        .brIf(0)
                        .end();
        TextProcessor waiting =
                processor(
                        WasiGuests.command("", wait.then(hex(FREE, 8)), "clock_time_get").bytes());

        for (int i = 0; i < 3; i++) {
            assertThat(time(bytes(waiting))).isEqualTo(CALLED + 10_000_000);
        }
    }

    @Test
    void aSleepTakesNoTimeAndIsSeenOnItsClockInNoOtherMessage() throws Exception {
        byte[] hour =
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(3_600_000_000_000L)
                        .array();
        Code sleep = code().i32(512).i32(600).i32(1).i32(700).call(FIRST_MORE + 1).then(orEnd(1));
        byte[] module =
                WasiGuests.command(
                                "",
                                sleep.then(now(1)).then(hex(FREE, 8)),
                                "clock_time_get",
                                "poll_oneoff")
                        .data(512 + 24, hour)
                        .bytes();
        TextProcessor sleeper = processor(module);

        for (int i = 0; i < 3; i++) {
            assertThat(time(bytes(sleeper))).isEqualTo(CALLED + 3_600_000_000_000L);
        }
    }

    @Test
    void itsDiceFallAlikeForEachMessageUnlessChanceIsGranted() throws Exception {
        Code roll = code().i32(FREE).i32(16).call(FIRST_MORE).then(orEnd(1));
        byte[] module = WasiGuests.command("", roll.then(hex(FREE, 16)), "random_get").bytes();
        TextProcessor without = processor(module);
        TextProcessor with = processor(module, Map.of(), Map.of("grant", List.of("random")));
        byte[] first = bytes(without);

        assertThat(bytes(without)).isEqualTo(first);
        assertThat(bytes(processor(module))).isEqualTo(first);
        assertThat(bytes(with)).isNotEqualTo(first).isNotEqualTo(bytes(with));
    }

    @Test
    void whatOneMessageClosedIsOpenForTheNext() throws Exception {
        Code close = code().i32(1).call(FIRST_MORE).then(orEnd(1));
        TextProcessor closer =
                processor(WasiGuests.command("", copy(1).then(close), "fd_close").bytes());
        Code move = code().i32(2).i32(1).call(FIRST_MORE).then(orEnd(1));
        TextProcessor mover =
                processor(WasiGuests.command("", copy(1).then(move), "fd_renumber").bytes());

        for (int i = 0; i < 3; i++) {
            assertThat(answer(closer, "text")).isEqualTo("text");
            assertThat(answer(mover, "text")).isEqualTo("text");
        }
    }

    @Test
    void aSignalAgainstItselfIsATrap() {
        byte[] module =
                WasiGuests.command("", code().i32(6).call(FIRST_MORE).drop(), "proc_raise").bytes();

        assertThatThrownBy(() -> answer(processor(module), ""))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest trapped: it raised a signal against itself");
    }

    @Test
    void aModuleOfAnotherConventionReadsNothingAndWritesToItsLog() throws Exception {
        byte[] module =
                WasiGuests.module("done\n")
                        .exported("allocate", 1, 1, 0, code().i32(FREE))
                        .exported("deallocate", 2, 0, 0, code())
                        .exported("process", 1, 1, 0, copy(1).then(say(1)).then(say(2)).get(0))
                        .bytes();

        assertThat(answer(processor(module), "text")).isEqualTo("text");
    }

    @Test
    void whatIsNoCommandIsRefused() {
        byte[] both =
                WasiGuests.command("", copy(1)).exported("_initialize", 0, 0, 0, code()).bytes();
        byte[] deaf =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("_start", 0, 0, 0, code())
                        .bytes();
        byte[] command = WasiGuests.filter("");
        String where = "processor 'append' (guest.wasm): ";

        assertThatThrownBy(() -> processor(both))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        where
                                + "it exports both '_start', as a WASI command does, and"
                                + " '_initialize', as a reactor does; build it as one of them");
        assertThatThrownBy(() -> processor(deaf, Map.of(), Map.of("abi", "wasi")))
                .hasMessage(
                        where
                                + "it exports '_start', but imports nothing of WASI preview 1, so abi"
                                + " wasi can hand it no text");
        assertThatThrownBy(() -> processor(command, Map.of(), Map.of("function", "main")))
                .hasMessage(
                        where
                                + "abi wasi calls function '_start' and no other, but option function"
                                + " says 'main'");
    }

    @Test
    void theTextOfTheLastMessageIsNotThereForTheNext() throws Exception {
        // Reads only where the text is 'x', and shows what lies where the last one was read to.
        TextProcessor filter =
                processor(WasiGuests.command("", copy(1).then(show(WasiGuests.HEAP, 8))).bytes());
        assertThat(answer(filter, "SECRET!!")).isEqualTo("SECRET!!SECRET!!");

        assertThat(answer(filter, "")).isEqualTo("\0".repeat(8));
        assertThat(filter.process(Calls.with(Text.ofUtf8("x".getBytes(UTF_8)))).text().string())
                .isEqualTo("xx" + "\0".repeat(7));
    }
}
