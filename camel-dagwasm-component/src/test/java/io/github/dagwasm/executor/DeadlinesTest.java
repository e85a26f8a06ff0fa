package io.github.dagwasm.executor;

import static io.github.dagwasm.executor.Plans.append;
import static io.github.dagwasm.executor.Plans.endless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.AsyncTextProcessor;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorOutcome;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.ProcessorTimeoutException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class DeadlinesTest extends RunFixture {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LATE = Duration.ofSeconds(60);

    private final HandTimers timers = new HandTimers();
    private final DagExecutor byHand = new DagExecutor(pool, timers);

    @AfterEach
    void closeTimers() {
        timers.shutdownNow();
    }

    /** A run whose timer goes off at a moment, and not at its time. */
    private RunResult runUntil(CountDownLatch moment, Plans plans) {
        timers.goOffOnce(moment);
        return byHand.run(plans.plan(), Text.of("it"), RunOptions.DEFAULTS);
    }

    /** Java code that heeds no interrupt until the latch opens. */
    private static TextProcessor deaf(CountDownLatch begun, CountDownLatch latch) {
        return call -> {
            begun.countDown();
            while (latch.getCount() > 0) {
                Thread.onSpinWait();
            }
            return ProcessorResult.of("too late");
        };
    }

    /** Leaves a thread of the pool in deaf code. */
    private void leaveBehind(CountDownLatch latch) {
        CountDownLatch begun = new CountDownLatch(1);
        RunResult result = runUntil(begun, new Plans().timed("deaf", LATE, 0, deaf(begun, latch)));
        assertThat(result.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'deaf': stopped after 60 s (timeout_seconds)");
    }

    @Test
    void aGuestThatRunsForEverIsStoppedOnItsOwnThread() {
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        TextProcessor guest =
                new TextProcessor() {
                    @Override
                    public ProcessorResult process(ProcessorCall call) throws Exception {
                        ranOn.set(Thread.currentThread());
                        return endless().process(call);
                    }

                    @Override
                    public boolean stopsOnInterrupt() {
                        return true;
                    }
                };

        RunResult result = run(new Plans().timed("guest", SOON, 3, guest), "in");

        assertThat(result.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'guest': stopped after 0.05 s (timeout_seconds)")
                .hasCauseInstanceOf(ProcessorTimeoutException.class);
        assertThat(result.report().processors().get(0).tries()).isEqualTo(1);
        assertThat(ranOn.get()).isSameAs(Thread.currentThread());
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void javaCodeThatHeedsNoInterruptIsLeftBehindAndCounted() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .timed("deaf", LATE, 0, deaf(begun, latch))
                        .add("other", append(" goes on"));

        RunResult result = runUntil(begun, plans);

        assertThat(result.text().string()).isEqualTo("it goes on");
        assertThat(result.report().processors().get(0).outcome())
                .isEqualTo(ProcessorOutcome.FAILED);
        assertThat(byHand.abandonedThreads()).isEqualTo(1);
        latch.countDown();
        await().untilAsserted(() -> assertThat(byHand.abandonedThreads()).isZero());
    }

    @Test
    void aCallerThatDoesNotWaitYetWhenTimeIsUpIsToldAlsoIfEveryThreadIsLeftBehind() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        ExecutorService one = Executors.newSingleThreadExecutor();
        WorkerPool lingering =
                new WorkerPool() {
                    @Override
                    public void execute(Runnable task) {
                        one.execute(task);
                    }

                    @Override
                    public boolean tryExecute(Runnable task) {
                        one.execute(task);
                        timers.awaitLast();
                        return true;
                    }
                };
        timers.goOffOnce(begun);

        RunResult result =
                new DagExecutor(lingering, timers)
                        .run(
                                new Plans().timed("deaf", LATE, 0, deaf(begun, latch)).plan(),
                                Text.of("it"),
                                RunOptions.DEFAULTS);

        assertThat(result.failure()).isPresent();
        latch.countDown();
        one.shutdown();
    }

    @Test
    void javaCodeThatFindsNoThreadInTimeSaysSo() {
        CountDownLatch latch = new CountDownLatch(1);
        leaveBehind(latch);
        leaveBehind(latch);

        RunResult third = run(new Plans().timed("fine", SOON, 0, append("!")), "three");

        assertThat(third.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'fine': not started within 0.05 s (timeout_seconds):"
                                + " every thread of the pool is busy");
        latch.countDown();
    }

    @Test
    void aTimedJavaProcessorInTimeHandsItsTextOn() {
        RunResult result =
                run(new Plans().timed("a", LATE, 0, append("a")).add("b", append("b"), "a"), "in");

        assertThat(result.text().string()).isEqualTo("inab");
    }

    @Test
    void theRunsOwnTimeoutStopsGuestsAndNamesItself() {
        CountDownLatch begun = new CountDownLatch(1);
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .maxConcurrency(1)
                        .runTimeout(LATE)
                        .add("fine", append("fine"))
                        .timed("guest", LATE.multipliedBy(2), 0, endless(begun))
                        .add("after", append("after"), "guest");

        RunResult result = runUntil(begun, plans);

        assertThat(result.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': stopped after 60 s (executor_options.run_timeout_seconds); processor 'guest':"
                                + " stopped after 60 s (executor_options.run_timeout_seconds)");
        assertThat(result.report().processors().get(2).outcome())
                .isEqualTo(ProcessorOutcome.CANCELLED);
    }

    @Test
    void theRunsOwnTimeoutLeavesDeafJavaCodeBehind() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);

        RunResult result =
                runUntil(begun, new Plans().runTimeout(LATE).add("deaf", deaf(begun, latch)));

        assertThat(result.failure()).isPresent();
        assertThat(byHand.abandonedThreads()).isEqualTo(1);
        latch.countDown();
    }

    @Test
    void anAsynchronousProcessorIsCancelledAndMayBeTriedAgain() {
        CompletableFuture<ProcessorResult> never = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        AsyncTextProcessor endpoint =
                call -> {
                    if (never.isDone()) {
                        return CompletableFuture.completedFuture(ProcessorResult.of("second try"));
                    }
                    begun.countDown();
                    return never;
                };

        timers.goOffOnce(begun);
        // The second of the timers is the one before the next try.
        timers.goOffOnceSet(2);
        RunResult result =
                byHand.run(
                        new Plans().timed("endpoint", LATE, 1, endpoint).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS);

        assertThat(never).isCancelled();
        assertThat(result.text().string()).isEqualTo("second try");
        assertThat(result.report().processors().get(0).tries()).isEqualTo(2);
    }

    @Test
    void theCallTellsTheTimeThatIsLeft() {
        AtomicReference<Long> left = new AtomicReference<>();
        TextProcessor curious =
                call -> {
                    left.set(call.remainingNanos());
                    return ProcessorResult.of(call.text());
                };

        run(new Plans().timed("curious", LATE, 0, curious), "in");
        assertThat(left.get()).isPositive().isLessThanOrEqualTo(LATE.toNanos());

        run(new Plans().add("curious", curious), "in");
        assertThat(left.get()).isEqualTo(ProcessorCall.NO_DEADLINE);
    }

    @Test
    void theTimeThatIsLeftDoesNotCountTheWaitForAThread() {
        CountDownLatch free = new CountDownLatch(1);
        leaveBehind(free);
        leaveBehind(free);
        var unused = scheduler.schedule(free::countDown, 300, TimeUnit.MILLISECONDS);
        Duration runTimeout = LATE.plusMillis(100);
        AtomicReference<Long> end = new AtomicReference<>();
        TextProcessor curious =
                call -> {
                    long left = call.remainingNanos();
                    end.set(System.nanoTime() + left);
                    return ProcessorResult.of(call.text());
                };
        long start = System.nanoTime();

        // Once there is a thread, 0.3 s later, the run's time is up before the processor's own.
        run(new Plans().runTimeout(runTimeout).timed("curious", LATE, 0, curious), "three");

        assertThat(end.get() - start).isGreaterThanOrEqualTo(runTimeout.toNanos());
    }

    @Test
    void theLongestTimeThatAClockCountsIsKeptAndALongerOneRefused() {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        Plans plans =
                new Plans()
                        .runTimeout(longest)
                        .timed("a", longest, 0, append("a"))
                        .timed("b", longest, 0, append("b"), "a");

        assertThat(run(plans, "in").text().string()).isEqualTo("inab");
        assertThatThrownBy(() -> plans.runTimeout(longest.plusNanos(1)))
                .hasMessage(
                        "executor_options.run_timeout_seconds must be <= PT2562047H47M16.854775807S, but is"
                                + " PT2562047H47M16.854775808S");
    }

    @Test
    void aDeadlineThatCannotBeKeptIsAFailureAndNotIgnored() {
        ScheduledExecutorService closed = Executors.newSingleThreadScheduledExecutor();
        closed.shutdownNow();

        RunResult result =
                new DagExecutor(pool, closed)
                        .run(
                                new Plans().timed("guest", SOON, 0, endless()).plan(),
                                Text.of("in"),
                                RunOptions.DEFAULTS);

        assertThat(result.failure().orElseThrow().getMessage())
                .startsWith(
                        "pipeline 'test': processor 'guest': java.util.concurrent.RejectedExecutionException: ");
    }

    @Test
    void aRunThatEndsBeforeTheNextTryTellsWhyThereWasToBeOne() {
        TextProcessor shaky =
                call -> {
                    throw new ProcessorFailureException("connection refused", null, true);
                };

        // The first of the timers is the run's, the second one the next try's.
        timers.goOffOnceSet(2);
        RunResult result =
                byHand.run(
                        new Plans().runTimeout(LATE).retried("a", 100, shaky).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS);

        assertThat(result.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': stopped after 60 s (executor_options.run_timeout_seconds);"
                                + " processor 'a': connection refused");
        assertThat(result.report().processors().get(0).outcome())
                .isEqualTo(ProcessorOutcome.CANCELLED);
    }
}
