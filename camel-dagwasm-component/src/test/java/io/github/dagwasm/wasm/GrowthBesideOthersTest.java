package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.HeapCost;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guests that grow while others have the room: what they see never depends on that. */
@Timeout(600)
class GrowthBesideOthersTest {

    private static final long PAGE = 65_536;

    /** How far the guests here grow. */
    private static final int PAGES = 24;

    private static final long FUEL = 1_000_000;
    private static final GuestLimits LIMITS =
            new GuestLimits(PAGES * PAGE, 10_000, 1 << 20, 640 << 10, 1 << 20, 1 << 10, 1000);

    @TempDir Path folder;

    private final RecordingLogger logger = new RecordingLogger();

    /** What a call came to, as far as its guest can have a say. */
    private record Outcome(String text, long fuel) {

        static Outcome of(TextProcessor processor) throws Exception {
            MeteredCall call = new MeteredCall("abc");
            String text = processor.process(call).text().string();
            return new Outcome(text, call.fuel());
        }
    }

    /**
     * Grows memory and table in turn until its limit says no, with a mark for each answer that it
     * gets: a letter that tells the result apart from any other, at 2048 and on. Logs a line
     * before.
     */
    private static byte[] reporting() {
        Code mark = code().i32(26).op(0x70).i32('a').add().store8();
        Code next = code().get(1).i32(1).add().set(1);
        Code process =
                code().i32(1024)
                        .i32(5)
                        .call(TestModules.HOST_LOG)
                        .i32(2048)
                        .set(1)
                        .loop()
                        .get(1)
                        .refNull()
                        .i32(500)
                        .tableGrow()
                        .then(mark)
                        .then(next)
                        .get(1)
                        .i32(1)
                        .memoryGrow()
                        .tee(2)
                        .then(mark)
                        .then(next)
                        .get(2)
                        .i32(-1)
                        .op(0x47)
                        .brIf(0)
                        .end();
        return TestModules.guest("", process.i32(2048)).table(1).data(1024, "grown").bytes();
    }

    /** Grows to the limit, and runs until it is stopped. */
    private static byte[] holding() {
        Code grow = code().i32(PAGES - 1).memoryGrow().drop().loop().br(0).end();
        return TestModules.guest("", grow.unreachable()).bytes();
    }

    private TextProcessor processor(Sandbox sandbox, byte[] module, long fuel) {
        ModuleFile file = ModuleFile.of("a test", module);
        ModuleCache cache = new ModuleCache(new ChicoryEngine(), 1);
        ModuleCache.Lease lease = cache.acquire(file, 1, Calls.within(Duration.ofSeconds(30)));
        return Calls.processor(
                new Guest(
                        new Guest.Settings(LIMITS, fuel, GuestSurroundings.BARE),
                        lease,
                        sandbox,
                        new SureStacks(),
                        AbiDetector.detect(lease.module(), AbiOptions.NONE),
                        WasmBackend.log(
                                logger, definition(folder.resolve("guest.wasm")), unlimited())));
    }

    private static LogRate unlimited() {
        return new LogRate(Integer.MAX_VALUE, Long.MAX_VALUE, () -> 0);
    }

    /** What a call has at its peak: the last copy but one is made with what the limit leaves. */
    private static long peak() {
        return 2 * HeapCost.ofArray(PAGES * PAGE) + PAGE;
    }

    private static Sandbox sandbox(long bytes, Duration patience) {
        return new Sandbox(new SandboxBounds(100, bytes, patience));
    }

    @Test
    void aCallThatCannotGrowWaitsForAnotherToEndAndNobodyCanTell() throws Exception {
        Sandbox quiet = sandbox(Long.MAX_VALUE, Duration.ZERO);
        Sandbox tight = sandbox(peak(), Duration.ofMinutes(1));
        try (TextProcessor alone = processor(quiet, reporting(), FUEL);
                TextProcessor crowded = processor(tight, reporting(), FUEL);
                TextProcessor holder = processor(tight, holding(), Spending.UNLIMITED_FUEL)) {
            Outcome expected = Outcome.of(alone);
            logger.lines().clear();
            FutureTask<Object> holding = new FutureTask<>(() -> holder.process(with("")));
            Thread thread = new Thread(holding);
            thread.start();
            await().until(() -> tight.use().memoryBytes() == HeapCost.ofArray(PAGES * PAGE));

            FutureTask<Outcome> growing = new FutureTask<>(() -> Outcome.of(crowded));
            new Thread(growing).start();
            await().until(() -> tight.use().waiting() == 1);
            assertThat(tight.use().instances()).as("the attempt gave its room back").isEqualTo(1);
            thread.interrupt();

            assertThat(growing.get()).isEqualTo(expected);
            assertThat(logger.lines()).containsExactly("INFO guest: grown");
        }
        assertThat(tight.use()).isEqualTo(new SandboxUse(0, 0, 0, 0));
    }

    @Test
    void aCallThatCannotGrowWaitsNoLongerThanTheOperatorSays() throws Exception {
        Sandbox tight = sandbox(peak(), Duration.ofMillis(20));
        try (TextProcessor crowded = processor(tight, reporting(), FUEL);
                TextProcessor holder = processor(tight, holding(), Spending.UNLIMITED_FUEL)) {
            FutureTask<Object> holding = new FutureTask<>(() -> holder.process(with("")));
            Thread thread = new Thread(holding);
            thread.start();
            await().until(() -> tight.use().memoryBytes() == HeapCost.ofArray(PAGES * PAGE));

            assertThatThrownBy(() -> crowded.process(with("abc")))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessageMatching(
                            "the sandbox is full: [0-9]+ of [0-9]+ memory bytes are in use, [0-9]+"
                                    + " more asked for; waited 0\\.02 s \\(option"
                                    + " memoryBytes\\)");
            thread.interrupt();
            await().until(holding::isDone);
        }
        assertThat(tight.use()).isEqualTo(new SandboxUse(0, 0, 0, 0));
    }

    @Test
    void manyThreadsGetTheSameAnswerForTheSameFuelOrLearnThatTheSandboxIsFull() throws Exception {
        Sandbox quiet = sandbox(Long.MAX_VALUE, Duration.ZERO);
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger full = new AtomicInteger();
        for (Duration patience : new Duration[] {Duration.ZERO, Duration.ofSeconds(30)}) {
            Sandbox tight = sandbox(peak() + 5 * PAGE, patience);
            try (TextProcessor alone = processor(quiet, reporting(), FUEL);
                    TextProcessor crowded = processor(tight, reporting(), FUEL);
                    Hammer hammer = new Hammer(8)) {
                Outcome expected = Outcome.of(alone);

                hammer.run(
                        40,
                        number -> {
                            try {
                                assertThat(Outcome.of(crowded)).isEqualTo(expected);
                                answered.incrementAndGet();
                            } catch (SandboxFullException e) {
                                full.incrementAndGet();
                            }
                        });
            }
            assertThat(tight.use()).isEqualTo(new SandboxUse(0, 0, 0, 0));
        }
        assertThat(answered.get() + full.get()).isEqualTo(2 * 8 * 40);
        assertThat(answered).hasPositiveValue();
        assertThat(full).as("it was tight").hasPositiveValue();
    }
}
