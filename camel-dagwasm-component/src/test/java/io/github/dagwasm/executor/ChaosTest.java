package io.github.dagwasm.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.Retry;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random DAGs on pools of every temper, with timeouts down to nanoseconds, cancelled or interrupted
 * at random moments: every run ends, is told once, and leaves no processor without an outcome.
 */
@org.junit.jupiter.api.Timeout(60)
class ChaosTest extends RunFixture {

    private static final String BROKEN = "broke off";

    private final ExecutorService other = Executors.newFixedThreadPool(2);
    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private final ThreadPoolExecutor callerRuns =
            new ThreadPoolExecutor(
                    1,
                    1,
                    1,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    new ThreadPoolExecutor.CallerRunsPolicy());

    @AfterEach
    void closePools() {
        other.shutdownNow();
        one.shutdownNow();
        callerRuns.shutdownNow();
    }

    static LongStream hundreds() {
        return LongStream.range(0, 15).map(hundred -> hundred * 100);
    }

    private List<Executor> pools() {
        List<Executor> pools =
                new ArrayList<>(List.<Executor>of(pool, one, callerRuns, Runnable::run));
        pools.add(
                task -> {
                    throw new RejectedExecutionException("full");
                });
        virtualThreads().ifPresent(pools::add);
        return pools;
    }

    /** On JDK 21 and later. */
    private static Optional<Executor> virtualThreads() {
        try {
            return Optional.of(
                    (Executor)
                            Executors.class
                                    .getMethod("newVirtualThreadPerTaskExecutor")
                                    .invoke(null));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    @ParameterizedTest(name = "100 seeds from {0}")
    @MethodSource("hundreds")
    void everyRunEndsAndIsToldOnce(long first) throws Exception {
        List<Executor> pools = pools();
        for (long seed = first; seed < first + 100; seed++) {
            Random random = new Random(seed);
            RandomDag dag = new RandomDag(seed);
            DagExecutor chaotic =
                    new DagExecutor(pools.get((int) (seed % pools.size())), scheduler);
            Plan plan = inAHurry(dag, random);

            RunResult result =
                    random.nextBoolean()
                            ? started(chaotic, plan, random)
                            : waitedFor(chaotic, plan, random);

            String what = dag.toString();
            assertThat(result.report().processors())
                    .as(what)
                    .extracting(ProcessorReport::outcome)
                    .doesNotContainNull();
            assertThat(result.failure().isPresent())
                    .as(what)
                    .isEqualTo(result.report().outcome() == RunOutcome.FAILED);
            result.failure()
                    .ifPresent(
                            failure ->
                                    assertThat(failure.getMessage())
                                            .as(what)
                                            .doesNotContain(BROKEN));
        }
    }

    /** The DAG with timeouts that some of its processors, and the run, cannot keep. */
    private Plan inAHurry(RandomDag dag, Random random) {
        Strategy strategy = RandomDag.pick(random, Strategy.values());
        Plan calm = dag.plan(strategy, new RecordingProcessors(dag, other));
        List<PlannedProcessor> processors = new ArrayList<>();
        for (PlannedProcessor p : calm.processors()) {
            Optional<Timeout> timeout =
                    random.nextInt(4) == 0
                            ? Optional.of(nanos(1 + random.nextInt(300_000)))
                            : p.timeout();
            processors.add(
                    new PlannedProcessor(
                            p.id(),
                            p.backend(),
                            p.processor(),
                            p.merge(),
                            p.mergeSeparator(),
                            p.required(),
                            timeout,
                            Retry.of(0)));
        }
        Optional<Timeout> runTimeout =
                random.nextInt(3) == 0
                        ? Optional.of(nanos(1 + random.nextInt(1_500_000)))
                        : Optional.empty();
        return new Plan(
                "hurried",
                strategy,
                calm.failureStrategy(),
                calm.maxConcurrency(),
                runTimeout,
                calm.output(),
                processors,
                dag.graph);
    }

    private static Timeout nanos(int nanos) {
        return new Timeout(Duration.ofNanos(nanos), "timeout_seconds");
    }

    private static RunResult started(DagExecutor executor, Plan plan, Random random)
            throws InterruptedException {
        BlockingQueue<RunResult> told = new ArrayBlockingQueue<>(2);
        Thread starter = Thread.currentThread();
        Thread[] teller = new Thread[1];
        RunHandle handle =
                executor.prepare(
                        plan,
                        Text.of("in"),
                        RunOptions.DEFAULTS,
                        result -> {
                            synchronized (teller) {
                                teller[0] = Thread.currentThread();
                            }
                            told.add(result);
                        });
        boolean settledHere = handle.start();
        synchronized (teller) {
            assertThat(settledHere).isEqualTo(teller[0] == starter);
        }
        if (random.nextBoolean()) {
            LockSupport.parkNanos(random.nextInt(200_000));
            handle.cancel();
        }
        RunResult result = told.poll(10, TimeUnit.MINUTES);
        assertThat(result).as("the run was told of").isNotNull();
        assertThat(told).as("told once").isEmpty();
        return result;
    }

    private RunResult waitedFor(DagExecutor executor, Plan plan, Random random) throws Exception {
        Thread waiting = Thread.currentThread();
        boolean[] over = new boolean[1];
        var interrupting =
                other.submit(
                        () -> {
                            synchronized (over) {
                                if (!over[0] && random.nextBoolean()) {
                                    waiting.interrupt();
                                }
                            }
                        });
        RunResult result = executor.run(plan, Text.of("in"), RunOptions.DEFAULTS);
        synchronized (over) {
            over[0] = true;
        }
        Thread.interrupted();
        interrupting.get(10, TimeUnit.MINUTES);
        return result;
    }
}
