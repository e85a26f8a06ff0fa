package io.github.dagwasm.benchmarks;

import io.github.dagwasm.benchmarks.worker.WithoutDeadline;
import io.github.dagwasm.executor.DagExecutor;
import io.github.dagwasm.executor.Plan;
import io.github.dagwasm.executor.PlannedProcessor;
import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.spi.TextProcessor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the executor adds to processors that do nothing, beside a loop over the same processors. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExecutorBenchmark {

    /** The processors, each an object of its own, and their input. */
    @State(Scope.Benchmark)
    public static class Work {

        /** How they depend on each other; the loop calls them in an order that fits either. */
        @Param({"CHAIN", "FAN_OUT"})
        public Shape shape;

        /** How many there are. */
        @Param({"1", "3", "10", "100"})
        public int size;

        private final Text input = Text.of("hello world");
        private TextProcessor[] processors;

        /** Makes the processors. */
        @Setup(Level.Trial)
        public void make() {
            processors =
                    IntStream.range(0, size)
                            .mapToObj(node -> new NoOp())
                            .toArray(TextProcessor[]::new);
        }
    }

    /** The executor, its plan, and a pool of two threads. */
    @State(Scope.Benchmark)
    public static class Machinery {

        /** When processors start. */
        @Param({"WORK_QUEUE", "LEVEL", "REACTIVE"})
        public Strategy strategy;

        /** How many processors may run at once. */
        @Param({"1", "2"})
        public int maxConcurrency;

        private ExecutorService pool;
        private ScheduledExecutorService scheduler;
        private DagExecutor executor;
        private Plan plan;

        /** Starts the threads and makes the plan. */
        @Setup(Level.Trial)
        public void start(Work work) {
            pool = Executors.newFixedThreadPool(2);
            scheduler = Executors.newSingleThreadScheduledExecutor();
            executor = new DagExecutor(pool, scheduler);
            List<PlannedProcessor> planned =
                    IntStream.range(0, work.size)
                            .mapToObj(
                                    node -> PlannedProcessor.of("p" + node, work.processors[node]))
                            .toList();
            plan =
                    new Plan(
                            "benchmark",
                            strategy,
                            FailureStrategy.FAIL_FAST,
                            maxConcurrency,
                            Optional.empty(),
                            Optional.empty(),
                            planned,
                            work.shape.graph(work.size));
        }

        /** Ends the threads. */
        @TearDown(Level.Trial)
        public void stop() {
            pool.shutdownNow();
            scheduler.shutdownNow();
        }
    }

    /** The floor: a loop that passes the text on. */
    @Benchmark
    public Text loop(Work work) throws Exception {
        Text text = work.input;
        for (TextProcessor processor : work.processors) {
            text = processor.process(new WithoutDeadline(text)).text();
        }
        return text;
    }

    /** One run by the executor. */
    @Benchmark
    public RunResult executor(Work work, Machinery machinery) {
        return machinery.executor.run(machinery.plan, work.input, RunOptions.DEFAULTS);
    }

    private static final class NoOp implements TextProcessor {
        @Override
        public ProcessorResult process(ProcessorCall call) {
            return ProcessorResult.of(call.text());
        }
    }
}
