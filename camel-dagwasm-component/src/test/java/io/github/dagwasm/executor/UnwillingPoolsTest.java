package io.github.dagwasm.executor;

import static io.github.dagwasm.executor.Plans.append;
import static io.github.dagwasm.executor.Plans.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.AsyncTextProcessor;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Pools that take no work, or do it on the thread that brings it. */
class UnwillingPoolsTest extends RunFixture {

    private static final Duration LATE = Duration.ofSeconds(60);

    private final DagExecutor direct = new DagExecutor(Runnable::run, scheduler);
    private final AtomicInteger told = new AtomicInteger();

    private void tellAndReject(RunResult result) {
        told.incrementAndGet();
        throw new RejectedExecutionException("the listener's own pool is full");
    }

    @Test
    void aListenerThatIsRejectedDoesNotMakeAProcessorRunTwice() {
        AtomicInteger calls = new AtomicInteger();
        TextProcessor counting =
                call -> {
                    calls.incrementAndGet();
                    return ProcessorResult.of(call.text());
                };
        Plan plan = new Plans().timed("a", LATE, 0, counting).plan();

        assertThatThrownBy(
                        () ->
                                direct.prepare(
                                                plan,
                                                Text.of("in"),
                                                RunOptions.DEFAULTS,
                                                this::tellAndReject)
                                        .start())
                .hasMessage("the listener's own pool is full");

        assertThat(calls).hasValue(1);
        assertThat(told).hasValue(1);
    }

    @Test
    void aListenerThatIsRejectedIsNotToldTwice() {
        CompletableFuture<ProcessorResult> answer = new CompletableFuture<>();
        Plan plan = new Plans().add("endpoint", (AsyncTextProcessor) call -> answer).plan();
        direct.prepare(plan, Text.of("in"), RunOptions.DEFAULTS, this::tellAndReject).start();

        answer.complete(ProcessorResult.of("answer"));

        assertThat(told).hasValue(1);
    }

    @Test
    void aPoolThatRunsWorkOnTheSubmittingThreadChangesNothingButTheThread() {
        AtomicReference<Thread> teller = new AtomicReference<>();

        RunHandle handle =
                direct.prepare(
                        new Plans().timed("a", LATE, 0, append("!")).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        result -> teller.set(Thread.currentThread()));
        boolean settledHere = handle.start();

        assertThat(teller.get()).isSameAs(Thread.currentThread());
        assertThat(settledHere).isTrue();
    }

    @Test
    void aRunThatItsCallersFailureEndsIsSettledByTheCaller() {
        pool.shutdownNow();
        AsyncTextProcessor pending = call -> new CompletableFuture<>();
        AtomicReference<Thread> teller = new AtomicReference<>();

        RunHandle handle =
                executor.prepare(
                        new Plans().add("pending", pending).add("b", fail("broken")).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        result -> teller.set(Thread.currentThread()));
        boolean settledHere = handle.start();

        assertThat(teller.get()).isSameAs(Thread.currentThread());
        assertThat(settledHere).isTrue();
    }

    @Test
    void whatIsDueWhileEveryThreadIsBusyWaitsForTheCaller() {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch due = new CountDownLatch(1);
        TextProcessor busy =
                call -> {
                    due.await();
                    return ProcessorResult.of(call.text());
                };
        TextProcessor shaky =
                call -> {
                    if (tries.incrementAndGet() == 1) {
                        // Let the other go on once the next try has been due for a while.
                        var unused = scheduler.schedule(due::countDown, 300, TimeUnit.MILLISECONDS);
                        throw new ProcessorFailureException("not yet", null, true);
                    }
                    return ProcessorResult.of("second try");
                };
        Plan plan = new Plans().add("busy", busy).retried("shaky", 1, shaky).plan();
        AtomicInteger given = new AtomicInteger();
        // Takes one piece of work and then has none to spare.
        Executor callerRuns =
                task -> {
                    if (given.getAndIncrement() == 0) {
                        pool.execute(task);
                    } else {
                        task.run();
                    }
                };

        RunResult result =
                new DagExecutor(callerRuns, scheduler)
                        .run(plan, Text.of("in"), RunOptions.DEFAULTS);

        assertThat(result.failure()).isEmpty();
    }

    @Test
    void aPoolWithoutMemoryForAnotherThreadCostsConcurrencyAndNothingElse() {
        Executor starved =
                task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                };
        CompletableFuture<ProcessorResult> answer = new CompletableFuture<>();
        AtomicReference<RunResult> settled = new AtomicReference<>();
        Plan plan =
                new Plans()
                        .add("endpoint", (AsyncTextProcessor) call -> answer)
                        .add("b", append("b"), "endpoint")
                        .timed("c", LATE, 0, append("c"), "b")
                        .plan();
        new DagExecutor(starved, scheduler)
                .prepare(plan, Text.of("in"), RunOptions.DEFAULTS, settled::set)
                .start();

        answer.complete(ProcessorResult.of("answer "));

        assertThat(settled.get().text().string()).isEqualTo("answer bc");
    }
}
