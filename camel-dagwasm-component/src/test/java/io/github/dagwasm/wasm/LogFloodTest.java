package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests that make as much of a log as they can. */
class LogFloodTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int THREADS = 8;
    private static final int CALLS = 40;
    private static final String PREFIX = "INFO guest: ";

    private final RecordingLogger logger = new RecordingLogger();
    private final AtomicLong clock = new AtomicLong();
    private final LogRate rate = new LogRate(LogRate.LINES, LogRate.BYTES, clock::get);
    private final GuestLog log =
            WasmBackend.log(logger, Calls.definition(Path.of("guest.wasm")), rate);

    private static CallLog.Logged call(long limit, byte[]... lines) {
        CallLog call = new CallLog(limit);
        for (byte[] line : lines) {
            call.line(line, line.length, line.length);
        }
        return call.detach();
    }

    private static byte[] filled(String character, int bytes) {
        return character.repeat(bytes / character.getBytes(UTF_8).length).getBytes(UTF_8);
    }

    private long shown() {
        return logger.lines().stream()
                .filter(line -> line.startsWith(PREFIX))
                .mapToLong(line -> line.getBytes(UTF_8).length - PREFIX.length())
                .sum();
    }

    private long count(String prefix) {
        return logger.lines().stream().filter(line -> line.startsWith(prefix)).count();
    }

    /** Bytes of one, two, three and four, that become six, six, eight and ten; and plain ones. */
    @ParameterizedTest
    @ValueSource(strings = {"\u001f", "\u0080", "\u2028", "\ue000", "\udbff\udffd", "a", "🌍"})
    void aSecondHasOneMebibyteHoweverMuchCharactersExpand(String character) {
        byte[][] lines =
                Stream.generate(() -> filled(character, 8000)).limit(8).toArray(byte[][]::new);

        for (int i = 0; i < CALLS; i++) {
            log.flush(call(65_536, lines));
        }

        assertThat(shown()).isBetween(LogRate.BYTES - 65_536, LogRate.BYTES);
        long told = count(PREFIX);
        clock.addAndGet(SECOND);
        log.flush(call(100, new byte[] {'x'}));
        assertThat(logger.lines())
                .last()
                .asString()
                .isEqualTo(
                        "WARN %d log lines of this module were suppressed: more than 200 lines or"
                                + " 1048576 bytes in a second",
                        (long) CALLS * lines.length - told);
    }

    @Test
    void manyThreadsHaveOneRateTogether() throws Exception {
        List<Thread> threads =
                Stream.generate(
                                () ->
                                        new Thread(
                                                () -> {
                                                    for (int i = 0; i < CALLS; i++) {
                                                        log.flush(
                                                                call(
                                                                        65_536,
                                                                        filled("\u001f", 7000),
                                                                        new byte[0],
                                                                        filled("\r", 90)));
                                                    }
                                                }))
                        .limit(THREADS)
                        .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(shown()).isLessThanOrEqualTo(LogRate.BYTES);
        assertThat(count(PREFIX)).isLessThanOrEqualTo(LogRate.LINES);
        long told = count(PREFIX);
        log.close();
        log.close();
        assertThat(logger.lines()).filteredOn(line -> line.startsWith("WARN")).hasSize(1);
        assertThat(logger.lines())
                .last()
                .asString()
                .startsWith("WARN " + (3L * THREADS * CALLS - told) + " log lines");
    }

    /** An object of Java for each would be twenty times as large as what it counts as. */
    @Test
    void noMoreLinesAreKeptThanAreLoggedInASecond() {
        byte[][] lines = new byte[60_000][0];

        CallLog.Logged logged = call(65_536, lines);

        assertThat(logged.lines()).hasSize(LogRate.LINES);
        assertThat(logged.more()).isEqualTo(60_000 - LogRate.LINES);
        assertThat(logged.asked()).isEqualTo(60_000);
        log.flush(logged);
        log.close();
        assertThat(count(PREFIX)).isEqualTo(LogRate.LINES);
        assertThat(logger.lines()).last().asString().startsWith("WARN 59800 log lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "€", "🌍", "aé€🌍"})
    void aLineIsCutBetweenCharacters(String part) {
        byte[] line = part.repeat(4).getBytes(UTF_8);
        for (int limit = 2; limit < line.length; limit++) {
            CallLog.Logged logged = call(limit, line);
            String kept = new String(logged.lines().get(0), UTF_8);

            assertThat(part.repeat(4)).startsWith(kept);
            assertThat(kept.getBytes(UTF_8).length).isGreaterThan(limit - 1 - 4);
        }
    }

    @Test
    void whatIsNoUtf8IsCutAnywhere() {
        for (byte filler : new byte[] {(byte) 0x80, (byte) 0xff, (byte) 0xf8}) {
            byte[] bytes = new byte[10];
            Arrays.fill(bytes, filler);

            assertThat(GuestText.wholeCharacters(bytes, 7)).isEqualTo(7);
            assertThat(GuestText.wholeCharacters(bytes, 2)).isEqualTo(2);
            assertThat(GuestText.wholeCharacters(bytes, 0)).isZero();
        }
    }

    @Test
    void allProcessorsOfAModuleHaveOneRate() {
        ModuleFile file = ModuleFile.of("a test", TestModules.echo());
        try (ModuleCache cache = new ModuleCache(new ChicoryEngine(), 1);
                ModuleCache.Lease one =
                        cache.acquire(file, 1, Calls.within(Duration.ofMinutes(10)));
                ModuleCache.Lease other =
                        cache.acquire(file, 1, Calls.within(Duration.ofMinutes(10)))) {
            assertThat(one.logRate()).isSameAs(other.logRate());
        }
    }
}
