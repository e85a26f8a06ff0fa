package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.FIRST_MORE;
import static io.github.dagwasm.wasm.WasiGuests.FREE;
import static io.github.dagwasm.wasm.WasiGuests.copy;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static io.github.dagwasm.wasm.WasiGuests.load;
import static io.github.dagwasm.wasm.WasiGuests.orEnd;
import static io.github.dagwasm.wasm.WasiGuests.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestStreams;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What guests write for people through WASI, in each call and when they begin. */
class WasiLogTest {

    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final long YEAR_2000 = 946_684_800_000_000_000L;

    /** An instance begins earlier than its calls. */
    private static final long AN_HOUR = 3_600_000_000_000L;

    /** What its arguments begin with: {@code gues}. */
    private static final int FIRST_LETTERS = 0x7365_7567;

    private final RecordingLogger logger = new RecordingLogger();

    /** Sends texts, and gives what each was answered with. */
    private List<String> answers(byte[] module, long logBytes, String... texts) throws Exception {
        GuestLog log =
                WasmBackend.log(
                        logger,
                        Calls.definition(Path.of("guest.wasm")),
                        new LogRate(1000, Long.MAX_VALUE, () -> 0));
        GuestSurroundings surroundings =
                new GuestSurroundings(List.of("guest", "argument"), Map.of(), false, false);
        ModuleFile file = ModuleFile.of("a test", module);
        try (ModuleCache cache = new ModuleCache(new ChicoryEngine(), 1)) {
            ModuleCache.Lease lease = cache.acquire(file, 1, Calls.within(Duration.ofSeconds(10)));
            try (TextProcessor processor =
                    Calls.processor(
                            new Guest(
                                    new Guest.Settings(
                                            limits(logBytes),
                                            Spending.UNLIMITED_FUEL,
                                            surroundings),
                                    lease,
                                    new Sandbox(SandboxBounds.DEFAULTS),
                                    new SureStacks(),
                                    AbiDetector.detect(lease.module(), AbiOptions.NONE),
                                    log))) {
                return answers(processor, texts);
            }
        }
    }

    private static List<String> answers(TextProcessor processor, String... texts) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String text : texts) {
            try {
                answers.add(processor.process(Calls.with(text)).text().string());
            } catch (GuestFailureException e) {
                answers.add(e.getMessage());
            }
        }
        return answers;
    }

    private static GuestLimits limits(long logBytes) {
        GuestLimits d = GuestLimits.DEFAULTS;
        return new GuestLimits(
                d.memoryBytes(),
                d.tableEntries(),
                d.callDepth(),
                d.stackBytes(),
                d.inputBytes(),
                d.outputBytes(),
                logBytes);
    }

    @Test
    void standardErrorGoesToTheLogLineByLine() throws Exception {
        byte[] module =
                WasiGuests.command("one\n\ntwo \u001b[1m{}\r\nhalf", copy(1).then(say(STDERR)))
                        .bytes();

        assertThat(answers(module, 1000, "a", "b")).containsExactly("a", "b");
        List<String> each =
                List.of(
                        "INFO guest: one",
                        "INFO guest: ",
                        "INFO guest: two \\u{1b}[1m{}\\u{d}",
                        "INFO guest: half");
        assertThat(logger.lines())
                .containsExactlyElementsOf(Stream.of(each, each).flatMap(List::stream).toList());
    }

    @Test
    void aLineMayBeWrittenInPieces() throws Exception {
        byte[] module =
                WasiGuests.command("piece,", say(STDERR).then(copy(STDERR)).then(say(STDERR)))
                        .bytes();

        assertThat(answers(module, 1000, "a\nb")).containsExactly("");
        assertThat(logger.lines()).containsExactly("INFO guest: piece,a", "INFO guest: bpiece,");
    }

    @Test
    void whatIsOverTheLimitOfACallIsDropped() throws Exception {
        byte[] module = WasiGuests.command("12345\n".repeat(3), copy(1).then(say(STDERR))).bytes();

        assertThat(answers(module, 10, "a", "b")).containsExactly("a", "b");
        List<String> each =
                List.of(
                        "INFO guest: 12345",
                        "INFO guest: 123",
                        "WARN the limit of 10 log bytes is exceeded: 18 asked for, the rest is"
                                + " dropped (option limits.log_bytes)");
        assertThat(logger.lines())
                .containsExactlyElementsOf(Stream.of(each, each).flatMap(List::stream).toList());
    }

    @Test
    void aGuestThatFailsHasItsLinesToldToo() throws Exception {
        byte[] module =
                WasiGuests.command("one\ntwo", say(1).then(say(STDERR)).then(exit(3))).bytes();

        assertThat(answers(module, 1000, "a"))
                .containsExactly(
                        "the guest ended itself with exit code 3; the guest's last lines on"
                                + " stderr: one | two");
        assertThat(logger.lines()).containsExactly("INFO guest: one", "INFO guest: two");
    }

    /**
     * Looks at the clock, the dice and its arguments when it begins, and writes to both streams.
     */
    private static TestModule reactor() {
        int time = FIRST_MORE;
        int random = FIRST_MORE + 1;
        int arguments = FIRST_MORE + 2;
        Code begin = code().i32(0).i64(0).i32(FREE).call(time).then(orEnd(1));
        begin.i32(FREE + 8).i32(4).call(random).then(orEnd(1));
        begin.i32(FREE + 32).i32(FREE + 64).call(arguments).then(orEnd(1));
        begin.then(say(STDOUT)).then(say(STDERR));
        Code differs = code().i32(FREE).op(0x29, 3, 0).i64(YEAR_2000 - AN_HOUR).op(0x52); // i64.ne
        differs.then(load(FREE + 8)).i32(firstRandom()).op(0x47).op(0x72); // i32.ne, i32.or
        differs.then(load(FREE + 64)).i32(FIRST_LETTERS).op(0x47).op(0x72);
        Code process = code().then(differs).if_().unreachable().end();
        // Anew: what it drew when it began is not missing now.
        process.i32(FREE + 16).i32(4).call(random).then(orEnd(1));
        process.then(load(FREE + 16)).then(load(FREE + 8)).sub().if_().unreachable().end();
        return WasiGuests.module("beginning\n", "clock_time_get", "random_get", "args_get")
                .exported("_initialize", 0, 0, 0, begin)
                .exported("allocate", 1, 1, 0, code().i32(WasiGuests.HEAP))
                .exported("deallocate", 2, 0, 0, code())
                .exported("process", 1, 1, 0, process.get(0));
    }

    private static int firstRandom() {
        return GuestStreams.of(GuestSurroundings.BARE, new CallLog(0)).random().nextInt();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReactorBeginsAlikeForEachMessageAndTellsOfItOnce(boolean settable) throws Exception {
        TestModule module = reactor();
        if (!settable) {
            module.table(1).function(0, 0, 0, code().i32(0).refNull().i32(1).tableFill());
        }
        byte[] bytes = module.bytes();

        assertThat(new ChicoryEngine().load(bytes).freshBecause().isEmpty()).isEqualTo(settable);
        assertThat(answers(bytes, 1000, "a", "b", "c")).containsExactly("a", "b", "c");
        assertThat(logger.lines())
                .containsExactly("INFO guest: beginning", "INFO guest: beginning");
    }

    /** Its allocator fails for the first byte, which it is tried with; so it begins once more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBeginningThatIsMadeTwiceIsToldOnce(boolean settable) throws Exception {
        Code allocate = code().get(0).i32(8).op(0x49).if_().then(say(STDERR)).unreachable().end();
        TestModule module =
                WasiGuests.module("beginning\nhalf")
                        .exported("_initialize", 0, 0, 0, say(STDERR))
                        .exported("allocate", 1, 1, 0, allocate.i32(WasiGuests.HEAP))
                        .exported("deallocate", 2, 0, 0, code())
                        .exported("process", 1, 1, 0, code().get(0));
        if (!settable) {
            module.table(1).function(0, 0, 0, code().i32(0).refNull().i32(1).tableFill());
        }

        assertThat(answers(module.bytes(), 1000, "a long text", "another text"))
                .containsExactly("a long text", "another text");
        assertThat(logger.lines()).containsExactly("INFO guest: beginning", "INFO guest: half");
    }
}
