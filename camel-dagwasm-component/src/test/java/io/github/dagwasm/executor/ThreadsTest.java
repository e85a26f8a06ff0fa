package io.github.dagwasm.executor;

import static io.github.dagwasm.executor.Plans.append;
import static io.github.dagwasm.executor.Plans.endless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.AsyncTextProcessor;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorOutcome;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThreadsTest extends RunFixture {

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private TextProcessor noting() {
        return call -> {
            threads.add(Thread.currentThread());
            return ProcessorResult.of(call.text());
        };
    }

    @Test
    void aLinearStretchStaysOnTheCallersThread() {
        run(new Plans().add("a", noting()).add("b", noting(), "a").add("c", noting(), "b"), "in");

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void aFanOutIsSharedWithThePool(Strategy strategy) {
        CyclicBarrier both = new CyclicBarrier(2);
        TextProcessor meeting =
                call -> {
                    both.await();
                    return noting().process(call);
                };

        run(new Plans().strategy(strategy).add("a", meeting).add("b", meeting), "in");

        assertThat(threads).hasSize(2).contains(Thread.currentThread());
    }

    @Test
    void oneAtATimeNeverLeavesTheCallersThread() {
        Plans plans = new Plans().maxConcurrency(1);
        for (int i = 0; i < 20; i++) {
            plans.add("p" + i, noting());
        }

        run(plans, "in");

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void aPoolThatTakesNoMoreWorkCostsConcurrencyAndNothingElse() {
        pool.shutdownNow();

        RunResult result =
                run(
                        new Plans()
                                .add("a", noting())
                                .add("b", noting())
                                .add("c", noting(), "a", "b"),
                        "in");

        assertThat(result.failure()).isEmpty();
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void startSettlesOnTheCallersThreadWhereItCan() {
        AtomicReference<RunResult> settled = new AtomicReference<>();

        RunHandle handle =
                executor.prepare(
                        new Plans().add("a", append("!")).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        settled::set);

        assertThat(handle.start()).isTrue();
        assertThat(settled.get().text().string()).isEqualTo("in!");
    }

    @Test
    void startReturnsWhileAnEndpointIsAwaitedAndTheSettlingThreadTellsOnce() {
        CompletableFuture<ProcessorResult> answer = new CompletableFuture<>();
        AtomicInteger told = new AtomicInteger();
        AtomicReference<Thread> teller = new AtomicReference<>();
        Plan plan =
                new Plans()
                        .add("endpoint", (AsyncTextProcessor) call -> answer)
                        .add("b", append("b"), "endpoint")
                        .plan();

        RunHandle handle =
                executor.prepare(
                        plan,
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        result -> {
                            teller.set(Thread.currentThread());
                            told.incrementAndGet();
                        });
        assertThat(handle.start()).isFalse();
        assertThat(told).hasValue(0);

        answer.complete(ProcessorResult.of("answer "));

        await().untilAsserted(() -> assertThat(told).hasValue(1));
        assertThat(teller.get().getName()).isEqualTo("pool");
    }

    @Test
    void anEndpointThatAnswersAtOnceChangesNoThread() {
        AsyncTextProcessor direct =
                call -> CompletableFuture.completedFuture(ProcessorResult.of(call.text()));

        run(new Plans().add("a", direct).add("b", noting(), "a"), "in");

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void cancellingStopsAGuestAndFailsTheRun() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<RunResult> settled = new AtomicReference<>();
        AsyncTextProcessor pending =
                call -> {
                    started.countDown();
                    return new CompletableFuture<>();
                };

        RunHandle handle =
                executor.prepare(
                        new Plans().add("a", pending).add("b", append("b"), "a").plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        settled::set);
        handle.start();
        started.await();
        handle.cancel();

        await().until(() -> settled.get() != null);
        assertThat(settled.get().failure().orElseThrow())
                .hasMessage("pipeline 'test': the run was cancelled");
        assertThat(settled.get().report().processors().get(0).outcome())
                .isEqualTo(ProcessorOutcome.CANCELLED);
    }

    @Test
    void aRunThatIsCancelledBeforeItIsStartedCallsNothing() {
        AtomicReference<RunResult> settled = new AtomicReference<>();
        RunHandle handle =
                executor.prepare(
                        new Plans().add("a", noting()).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        settled::set);

        handle.cancel();
        handle.start();

        await().until(() -> settled.get() != null);
        assertThat(settled.get().failure().orElseThrow())
                .hasMessage("pipeline 'test': the run was cancelled");
        assertThat(threads).isEmpty();
    }

    @Test
    void aRunThatStaysOnItsCallersThreadUsesNoOtherAndDoesOneThingAtATime() {
        AtomicInteger pending = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AsyncTextProcessor endpoint =
                call -> {
                    most.accumulateAndGet(pending.incrementAndGet(), Math::max);
                    return CompletableFuture.supplyAsync(
                            () -> {
                                pending.decrementAndGet();
                                return ProcessorResult.of(call.text());
                            },
                            CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS));
                };
        AtomicReference<Thread> teller = new AtomicReference<>();
        RunHandle handle =
                executor.prepare(
                        new Plans()
                                .add("a", endpoint)
                                .add("b", endpoint)
                                .add("c", noting(), "a")
                                .timed("d", Duration.ofSeconds(5), 0, noting(), "b")
                                .plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS.stayingOnCallersThread(),
                        result -> teller.set(Thread.currentThread()));

        boolean settledHere = handle.start();

        assertThat(settledHere).isTrue();
        assertThat(teller.get()).isSameAs(Thread.currentThread());
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(most).hasValue(1);
    }

    @Test
    void anInterruptFromOutsideReachesTheGuestAndTheFlagSurvives() throws InterruptedException {
        AtomicReference<RunResult> result = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        TextProcessor guest =
                new TextProcessor() {
                    @Override
                    public ProcessorResult process(ProcessorCall call) throws Exception {
                        started.countDown();
                        return endless().process(call);
                    }

                    @Override
                    public boolean stopsOnInterrupt() {
                        return true;
                    }
                };
        Thread caller =
                new Thread(
                        () -> {
                            result.set(run(new Plans().add("guest", guest), "in"));
                            flag.set(Thread.currentThread().isInterrupted());
                        });

        caller.start();
        started.await();
        caller.interrupt();
        caller.join();

        assertThat(result.get().failure().orElseThrow())
                .hasMessage("pipeline 'test': processor 'guest': interrupted from outside the run");
        assertThat(flag.get()).isTrue();
    }

    @Test
    void aFlagSetBeforeTheRunNeitherStopsItNorGetsLost() {
        Thread.currentThread().interrupt();

        RunResult result =
                run(
                        new Plans()
                                .add("a", append("!"))
                                .timed("b", Duration.ofSeconds(60), 0, stoppable(), "a"),
                        "in");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.text().string()).isEqualTo("in!");
    }

    private static TextProcessor stoppable() {
        return new TextProcessor() {
            @Override
            public ProcessorResult process(ProcessorCall call) throws InterruptedException {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return ProcessorResult.of(call.text());
            }

            @Override
            public boolean stopsOnInterrupt() {
                return true;
            }
        };
    }

    @Test
    @org.junit.jupiter.api.Timeout(600)
    void nobodyWaitsForEverWhereAFutureCannotBeCancelled() {
        AsyncTextProcessor stubborn =
                call ->
                        new CompletableFuture<>() {
                            @Override
                            public boolean cancel(boolean mayInterrupt) {
                                throw new IllegalStateException("never");
                            }
                        };

        RunResult result =
                run(new Plans().timed("stubborn", Duration.ofMillis(20), 0, stubborn), "in");

        assertThat(result.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'stubborn': stopped after 0.02 s (timeout_seconds)");
    }

    @Test
    @org.junit.jupiter.api.Timeout(600)
    void nobodyWaitsForEverWhereAFailureThrows() {
        CompletableFuture<ProcessorResult> answer = new CompletableFuture<>();
        var unused =
                scheduler.schedule(
                        () -> answer.completeExceptionally(new ThrowingFailure()),
                        20,
                        TimeUnit.MILLISECONDS);

        RunResult result = run(new Plans().add("a", (AsyncTextProcessor) call -> answer), "in");

        assertThat(result.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': the run broke off: java.lang.IllegalStateException: undecided");
    }

    private static final class ThrowingFailure extends DagWasmException {

        private static final long serialVersionUID = 1L;

        ThrowingFailure() {
            super("broken", null);
        }

        @Override
        public String kind() {
            return "broken";
        }

        @Override
        public boolean retryable() {
            throw new IllegalStateException("undecided");
        }
    }

    @Test
    void manyRunsShareOneExecutor() throws InterruptedException {
        Plans plans = new Plans().add("root", append("r"));
        for (int i = 0; i < 8; i++) {
            plans.add("p" + i, append(String.valueOf(i)), "root");
        }
        plans.merging(
                "all", Merge.CONCAT, append(""), "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7");
        Plan plan = plans.plan();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();

        for (int c = 0; c < 4; c++) {
            String name = "c" + c;
            Thread caller =
                    new Thread(
                            () -> {
                                for (int i = 0; i < 500; i++) {
                                    String in = name + "-" + i + ":";
                                    String text = run(plan, in).text().string();
                                    String root = in + "r";
                                    String expected =
                                            root + "0|" + root + "1|" + root + "2|" + root + "3|"
                                                    + root + "4|" + root + "5|" + root + "6|" + root
                                                    + "7";
                                    if (!text.equals(expected)) {
                                        wrong.add(text);
                                    }
                                }
                            });
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void theCallerWorksWhileThePoolIsBusyElsewhere() {
        CountDownLatch busy = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            pool.execute(
                    () -> {
                        try {
                            busy.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
        }
        CompletableFuture<ProcessorResult> answer = new CompletableFuture<>();
        TextProcessor answering =
                call -> {
                    answer.complete(ProcessorResult.of("answer"));
                    return noting().process(call);
                };

        // The worker that was sent for when there were two roots cannot come; what it was to do
        // must not wait for it.
        RunResult result =
                run(
                        new Plans()
                                .add("a", (AsyncTextProcessor) call -> answer)
                                .add("b", answering),
                        "in");

        assertThat(result.failure()).isEmpty();
        assertThat(threads).containsExactly(Thread.currentThread());
        busy.countDown();
    }
}
