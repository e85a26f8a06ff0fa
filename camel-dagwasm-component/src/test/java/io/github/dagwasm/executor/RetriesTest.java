package io.github.dagwasm.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.Retry;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits between tries, by timers that go off by hand. */
@Timeout(600)
class RetriesTest extends RunFixture {

    private static final TextProcessor SHAKY =
            call -> {
                throw new ProcessorFailureException("connection refused", null, true);
            };
    private static final Retry LONG = new Retry(5, Duration.ofDays(2), 3, Duration.ofDays(10), 0);

    private final HandTimers timers = new HandTimers();
    private final DagExecutor byHand = new DagExecutor(pool, timers);

    @AfterEach
    void closeTimers() {
        timers.shutdownNow();
    }

    private static List<Duration> days(long... days) {
        return Arrays.stream(days).mapToObj(Duration::ofDays).toList();
    }

    @Test
    void waitsGrowUpToTheLongest() {
        for (int number = 1; number <= 5; number++) {
            timers.goOffOnceSet(number);
        }

        RunResult result =
                byHand.run(
                        new Plans().retried("a", LONG, SHAKY).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS);

        assertThat(timers.delays()).isEqualTo(days(2, 6, 10, 10, 10));
        assertThat(result.report().processors().get(0).tries()).isEqualTo(6);
        assertThat(result.failure()).isPresent();
    }

    @Test
    void noTryIsMadeAfterOneThatSucceeds() {
        AtomicInteger tries = new AtomicInteger();
        TextProcessor once =
                call -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new ProcessorFailureException("connection refused", null, true);
                    }
                    return ProcessorResult.of(call.text().string() + "!");
                };
        timers.goOffOnceSet(1);

        RunResult result =
                byHand.run(
                        new Plans().retried("a", LONG, once).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS);

        assertThat(result.text().string()).isEqualTo("in!");
        assertThat(timers.delays()).isEqualTo(days(2));
    }

    @Test
    void jitterStaysWithinItsShare() {
        Retry jittered = new Retry(20, Duration.ofDays(4), 1, Duration.ofDays(6), 0.25);
        for (int number = 1; number <= 20; number++) {
            timers.goOffOnceSet(number);
        }

        byHand.run(
                new Plans().retried("a", jittered, SHAKY).plan(),
                Text.of("in"),
                RunOptions.DEFAULTS);

        assertThat(timers.delays())
                .hasSize(20)
                .allMatch(delay -> delay.toHours() >= 72 && delay.toHours() <= 120)
                .doesNotHaveDuplicates();
    }

    @Test
    void theDeadlineOfTheRunEndsAWaitAtOnce() {
        // The first of the timers is the run's, the second one the next try's.
        timers.goOffOnceSet(2);

        RunResult result =
                byHand.run(
                        new Plans()
                                .runTimeout(Duration.ofHours(1))
                                .retried("a", LONG, SHAKY)
                                .plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS);

        assertThat(result.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': stopped after 3600 s (executor_options.run_timeout_seconds);"
                                + " processor 'a': connection refused");
        timers.awaitLast();
        await().until(() -> timers.pending() <= 1);
    }

    @Test
    void cancellingEndsAWaitAtOnceAndKeepsNoTimer() throws Exception {
        CompletableFuture<RunResult> settled = new CompletableFuture<>();
        RunHandle run =
                byHand.prepare(
                        new Plans().retried("a", LONG, SHAKY).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        settled::complete);
        run.start();
        await().until(() -> timers.pending() == 1);

        run.cancel();

        assertThat(settled.get(10, TimeUnit.MINUTES).failure()).isPresent();
        await().until(() -> timers.pending() == 0);
    }

    @Test
    void aTryThatWaitsHoldsNoThread() throws Exception {
        CompletableFuture<RunResult> settled = new CompletableFuture<>();
        RunHandle run =
                byHand.prepare(
                        new Plans()
                                .maxConcurrency(4)
                                .retried("a", LONG, SHAKY)
                                .retried("b", LONG, SHAKY)
                                .retried("c", LONG, SHAKY)
                                .plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        settled::complete);
        run.start();
        await().until(() -> timers.pending() == 3);

        // Two threads are all that the pool has, and both are free at the same moment.
        var barrier = new CyclicBarrier(3);
        for (int i = 0; i < 2; i++) {
            pool.execute(
                    () -> {
                        try {
                            barrier.await();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });
        }
        barrier.await(10, TimeUnit.MINUTES);
        assertThat(settled).isNotDone();
        run.cancel();
    }
}
