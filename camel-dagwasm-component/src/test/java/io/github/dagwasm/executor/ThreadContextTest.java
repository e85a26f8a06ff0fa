package io.github.dagwasm.executor;

import static io.github.dagwasm.executor.Plans.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.AsyncTextProcessor;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The context of the thread that starts a run, on each thread that works for it. */
@Timeout(600)
class ThreadContextTest extends RunFixture {

    private static final Duration LATE = Duration.ofDays(1);

    private final ThreadLocal<String> context = new ThreadLocal<>();
    private final HandTimers timers = new HandTimers();
    private final DagExecutor carrying = new DagExecutor(pool, timers, this::capture);

    /** By name, the thread and the context that a processor or the listener was called with. */
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    private final AtomicReference<RunResult> settled = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private final String name = Thread.currentThread().getName();

    @BeforeEach
    void begin() {
        Thread.currentThread().setName("caller");
        context.set("message 1");
    }

    @AfterEach
    void end() {
        Thread.currentThread().setName(name);
        timers.shutdownNow();
    }

    private ThreadContext capture() {
        String captured = context.get();
        return task -> {
            String own = context.get();
            context.set(captured);
            try {
                task.run();
            } finally {
                context.set(own);
            }
        };
    }

    private void look(String name) {
        seen.put(name, Thread.currentThread().getName() + ": " + context.get());
    }

    private TextProcessor looking(String name) {
        return call -> {
            look(name);
            return ProcessorResult.of(call.text().string() + name);
        };
    }

    private RunHandle prepared(Plans plans) {
        return carrying.prepare(
                plans.plan(),
                Text.of("in"),
                RunOptions.DEFAULTS,
                result -> {
                    look("listener");
                    settled.set(result);
                    over.countDown();
                });
    }

    /** Context of the threads of the pool when no task of a run is on them. */
    private List<Optional<String>> onThePool() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<Optional<String>> looking =
                () -> {
                    both.await();
                    return Optional.ofNullable(context.get());
                };
        List<Optional<String>> found = new ArrayList<>();
        for (Future<Optional<String>> each : pool.invokeAll(List.of(looking, looking))) {
            found.add(each.get());
        }
        return found;
    }

    @Test
    void aWorkerOfThePoolHasItAndAfterwardsHasItNoMore() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        TextProcessor meeting =
                call -> {
                    both.countDown();
                    both.await();
                    look(Thread.currentThread().getName());
                    return ProcessorResult.of(call.text());
                };

        carrying.run(
                new Plans().add("a", meeting).add("b", meeting).output("a").plan(),
                Text.of("in"),
                RunOptions.DEFAULTS);

        assertThat(seen)
                .isEqualTo(Map.of("caller", "caller: message 1", "pool", "pool: message 1"));
        assertThat(onThePool()).containsExactly(Optional.empty(), Optional.empty());
        assertThat(context.get()).isEqualTo("message 1");
    }

    @Test
    void aWorkerHasTheEmptyContextOfItsCallerToo() throws Exception {
        Executor inheriting =
                task ->
                        pool.execute(
                                () -> {
                                    context.set("of another message");
                                    task.run();
                                    look("afterwards");
                                    over.countDown();
                                });
        context.remove();

        new DagExecutor(inheriting, timers, this::capture)
                .run(
                        new Plans().timed("a", LATE, 0, looking("a")).plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS);
        over.await();

        assertThat(seen)
                .isEqualTo(Map.of("a", "pool: null", "afterwards", "pool: of another message"));
    }

    @Test
    void aThreadThatMayBeLeftBehindHasIt() {
        carrying.run(
                new Plans().timed("a", LATE, 0, looking("a")).plan(),
                Text.of("in"),
                RunOptions.DEFAULTS);

        assertThat(seen).isEqualTo(Map.of("a", "pool: message 1"));
    }

    @Test
    void aThreadThatSettlesAnAsynchronousProcessorHasItWhileTheRunGoesOn() throws Exception {
        CompletableFuture<ProcessorResult> answer = new CompletableFuture<>();
        prepared(
                        new Plans()
                                .maxConcurrency(1)
                                .add("ask", (AsyncTextProcessor) call -> answer)
                                .add("after", looking("after"), "ask"))
                .start();
        context.set("message 2");
        Thread other =
                new Thread(
                        () -> {
                            context.set("its own");
                            answer.complete(ProcessorResult.of("answer "));
                            look("other");
                        },
                        "other");
        other.start();
        other.join();
        over.await();

        assertThat(seen.get("after")).isEqualTo("pool: message 1");
        assertThat(seen.get("listener")).isEqualTo("pool: message 1");
        assertThat(seen.get("other")).isEqualTo("other: its own");
        assertThat(settled.get().text().string()).isEqualTo("answer after");
        assertThat(context.get()).isEqualTo("message 2");
    }

    /** Where the pool takes nothing, that thread does all that is left. */
    @Test
    void itHasItAlsoWhereItWorksItself() throws Exception {
        CompletableFuture<ProcessorResult> answer = new CompletableFuture<>();
        Executor full =
                task -> {
                    throw new RejectedExecutionException("full");
                };
        new DagExecutor(full, timers, this::capture)
                .prepare(
                        new Plans()
                                .add("ask", (AsyncTextProcessor) call -> answer)
                                .add("after", looking("after"), "ask")
                                .plan(),
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        result -> look("listener"))
                .start();
        Thread other =
                new Thread(
                        () -> {
                            answer.complete(ProcessorResult.of("answer "));
                            look("other");
                        },
                        "other");
        other.start();
        other.join();

        assertThat(seen)
                .isEqualTo(
                        Map.of(
                                "after", "other: message 1",
                                "listener", "other: message 1",
                                "other", "other: null"));
    }

    @Test
    void aFurtherTryHasItAfterItsWait() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        TextProcessor shaky =
                call -> {
                    look("try " + tries.incrementAndGet());
                    if (tries.get() == 1) {
                        throw new ProcessorFailureException("not yet", null, true);
                    }
                    return ProcessorResult.of(call.text());
                };
        timers.goOffOnceSet(1);

        prepared(new Plans().retried("a", 1, shaky).add("b", append("b"), "a")).start();
        over.await();

        assertThat(seen)
                .isEqualTo(
                        Map.of(
                                "try 1", "caller: message 1",
                                "try 2", "pool: message 1",
                                "listener", "pool: message 1"));
        assertThat(onThePool()).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void whoStopsACallAtItsDeadlineHasIt() throws Exception {
        CompletableFuture<ProcessorResult> answer =
                new CompletableFuture<>() {
                    @Override
                    public boolean cancel(boolean mayInterruptIfRunning) {
                        look("cancel");
                        return super.cancel(mayInterruptIfRunning);
                    }
                };
        CountDownLatch started = new CountDownLatch(1);
        timers.goOffOnce(started);

        prepared(new Plans().timed("ask", LATE, 0, (AsyncTextProcessor) call -> answer)).start();
        started.countDown();
        over.await();

        assertThat(seen.get("cancel")).startsWith("pool-").endsWith(": message 1");
        assertThat(seen.get("listener")).isEqualTo("pool: message 1");
    }

    @Test
    void theListenerHasItOnAThreadThatCancels() throws Exception {
        pool.shutdownNow();
        RunHandle run =
                prepared(
                        new Plans()
                                .add(
                                        "ask",
                                        (AsyncTextProcessor) call -> new CompletableFuture<>()));
        run.start();
        Thread other =
                new Thread(
                        () -> {
                            context.set("its own");
                            run.cancel();
                            look("other");
                        },
                        "other");
        other.start();
        other.join();

        assertThat(seen)
                .isEqualTo(Map.of("listener", "other: message 1", "other", "other: its own"));
    }

    @Test
    void aContextThatCannotBeSetBreaksTheRunOffAndKeepsNobodyWaiting() {
        ThreadContext broken =
                task -> {
                    throw new IllegalStateException("no context");
                };

        RunResult result =
                new DagExecutor(pool, timers, () -> broken)
                        .run(
                                new Plans().timed("a", LATE, 0, looking("a")).plan(),
                                Text.of("in"),
                                RunOptions.DEFAULTS);

        assertThat(result.failure().orElseThrow().causes().get(0))
                .hasMessage("the run broke off: java.lang.IllegalStateException: no context");
        assertThat(seen).isEmpty();
    }

    @Test
    void aContextThatCannotBeCapturedFailsTheStart() {
        DagExecutor broken =
                new DagExecutor(
                        pool,
                        timers,
                        () -> {
                            throw new IllegalStateException("no context");
                        });

        assertThatThrownBy(
                        () ->
                                broken.run(
                                        new Plans().timed("a", LATE, 0, looking("a")).plan(),
                                        Text.of("in"),
                                        RunOptions.DEFAULTS))
                .hasMessage("no context");
    }

    @Test
    void aRunThatStaysOnItsThreadAsksForNone() {
        RunResult result =
                new DagExecutor(
                                pool,
                                timers,
                                () -> {
                                    throw new IllegalStateException("asked");
                                })
                        .run(
                                new Plans().add("a", append("a")).add("b", append("b"), "a").plan(),
                                Text.of("in"),
                                RunOptions.DEFAULTS);

        assertThat(result.text().string()).isEqualTo("inab");
    }
}
