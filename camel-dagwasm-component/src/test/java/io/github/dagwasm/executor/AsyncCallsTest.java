package io.github.dagwasm.executor;

import static io.github.dagwasm.executor.Plans.append;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.AsyncTextProcessor;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.ProcessorTimeoutException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What asynchronous processors tell a run, and what it tells them. */
class AsyncCallsTest extends RunFixture {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LATE = Duration.ofSeconds(60);

    private final CountDownLatch told = new CountDownLatch(1);

    /** A run whose timer goes off when the processor has told what it does. */
    private RunResult runUntilTold(AsyncTextProcessor processor) {
        HandTimers timers = new HandTimers();
        try {
            timers.goOffOnce(told);
            return new DagExecutor(pool, timers)
                    .run(
                            new Plans().timed("ask", LATE, 0, processor).plan(),
                            Text.of("in"),
                            RunOptions.DEFAULTS);
        } finally {
            timers.shutdownNow();
        }
    }

    @Test
    void whatTheCallerPassesAlongIsForThoseWhoKnowItsType() {
        List<Optional<?>> seen = new CopyOnWriteArrayList<>();
        AsyncTextProcessor looking =
                call -> {
                    seen.add(call.carried(StringBuilder.class));
                    seen.add(call.carried(CharSequence.class));
                    seen.add(call.carried(Thread.class));
                    return CompletableFuture.completedFuture(ProcessorResult.of(call.text()));
                };
        StringBuilder companion = new StringBuilder("companion");

        RunResult result =
                executor.run(
                        new Plans().add("look", looking).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS.carrying(companion).keepingTexts());

        assertThat(result.text().string()).isEqualTo("in");
        assertThat(seen)
                .containsExactly(Optional.of(companion), Optional.of(companion), Optional.empty());
    }

    @Test
    void aSynchronousProcessorOfAChainSeesItToo() {
        AtomicReference<Optional<Integer>> seen = new AtomicReference<>();
        TextProcessor looking =
                call -> {
                    seen.set(call.carried(Integer.class));
                    return ProcessorResult.of(call.text());
                };

        RunResult result =
                executor.run(
                        new Plans().add("look", looking).add("after", append("!"), "look").plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS.carrying(5));

        assertThat(result.text().string()).isEqualTo("in!");
        assertThat(seen).hasValue(Optional.of(5));
    }

    @Test
    void aCallThatWaitsUntilItsTimeIsUpHasNotStarted() {
        AsyncTextProcessor waiting =
                call -> {
                    call.waits("nobody is there");
                    told.countDown();
                    return new CompletableFuture<>();
                };

        RunResult result = runUntilTold(waiting);

        assertThat(result.failure().orElseThrow().causes().get(0))
                .isInstanceOfSatisfying(
                        ProcessorTimeoutException.class,
                        timeout -> assertThat(timeout.retryable()).isTrue())
                .hasMessage("not started within 60 s (timeout_seconds): nobody is there");
    }

    @Test
    void aCallThatHasBegunIsStopped() {
        AsyncTextProcessor beginning =
                call -> {
                    call.waits("nobody is there");
                    call.begins();
                    told.countDown();
                    return new CompletableFuture<>();
                };

        RunResult result = runUntilTold(beginning);

        assertThat(result.failure().orElseThrow().causes().get(0))
                .hasMessage("stopped after 60 s (timeout_seconds)");
    }

    @Test
    void onTheCallersThreadAProcessorThatBlocksIsInterruptedAtItsDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        AsyncTextProcessor blocking =
                call -> {
                    ranOn.set(Thread.currentThread());
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new CompletableFuture<>();
                };

        RunResult result =
                executor.run(
                        new Plans().timed("ask", SOON, 1, blocking).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS.stayingOnCallersThread());

        assertThat(result.failure().orElseThrow().causes().get(0))
                .hasMessage("stopped after 0.05 s (timeout_seconds)");
        assertThat(result.report().processors().get(0).tries()).isEqualTo(2);
        assertThat(ranOn).hasValue(Thread.currentThread());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptFromOutsideBeforeTheCallStaysForTheCaller() {
        AtomicReference<Boolean> seen = new AtomicReference<>();
        AsyncTextProcessor looking =
                call -> {
                    seen.set(Thread.currentThread().isInterrupted());
                    return CompletableFuture.completedFuture(ProcessorResult.of(call.text()));
                };
        Thread.currentThread().interrupt();

        RunResult result =
                executor.run(
                        new Plans().add("look", looking).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS.stayingOnCallersThread());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).hasValue(false);
        assertThat(result.failure()).isEmpty();
    }
}
