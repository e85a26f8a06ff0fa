package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.Retry;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.spi.TextProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Puts plans together for tests, with one line for each processor. */
final class Plans {

    private final List<PlannedProcessor> processors = new ArrayList<>();
    private final Map<String, Integer> nodes = new LinkedHashMap<>();
    private final List<List<Integer>> dependencies = new ArrayList<>();
    private Strategy strategy = Strategy.WORK_QUEUE;
    private FailureStrategy failureStrategy = FailureStrategy.FAIL_FAST;
    private int maxConcurrency = 2;
    private Optional<Timeout> runTimeout = Optional.empty();
    private Optional<String> output = Optional.empty();

    Plans strategy(Strategy chosen) {
        this.strategy = chosen;
        return this;
    }

    Plans failing(FailureStrategy chosen) {
        this.failureStrategy = chosen;
        return this;
    }

    Plans maxConcurrency(int most) {
        this.maxConcurrency = most;
        return this;
    }

    Plans runTimeout(Duration timeout) {
        this.runTimeout = Optional.of(new Timeout(timeout, "executor_options.run_timeout_seconds"));
        return this;
    }

    Plans output(String id) {
        this.output = Optional.of(id);
        return this;
    }

    Plans add(String id, PipelineProcessor processor, String... dependsOn) {
        return add(PlannedProcessor.of(id, processor), dependsOn);
    }

    Plans required(String id, PipelineProcessor processor, String... dependsOn) {
        return add(
                new PlannedProcessor(
                        id,
                        "local",
                        processor,
                        Optional.empty(),
                        "\n",
                        true,
                        Optional.empty(),
                        Retry.of(0)),
                dependsOn);
    }

    Plans merging(String id, Merge merge, PipelineProcessor processor, String... dependsOn) {
        return add(
                new PlannedProcessor(
                        id,
                        "local",
                        processor,
                        Optional.of(merge),
                        "|",
                        false,
                        Optional.empty(),
                        Retry.of(0)),
                dependsOn);
    }

    Plans timed(
            String id,
            Duration timeout,
            int retries,
            PipelineProcessor processor,
            String... dependsOn) {
        Optional<Timeout> limit = Optional.of(new Timeout(timeout, "timeout_seconds"));
        return add(
                new PlannedProcessor(
                        id,
                        "local",
                        processor,
                        Optional.empty(),
                        "\n",
                        false,
                        limit,
                        Retry.of(retries)),
                dependsOn);
    }

    Plans retried(String id, int retries, PipelineProcessor processor, String... dependsOn) {
        return retried(id, Retry.of(retries), processor, dependsOn);
    }

    Plans retried(String id, Retry retry, PipelineProcessor processor, String... dependsOn) {
        return add(
                new PlannedProcessor(
                        id,
                        "local",
                        processor,
                        Optional.empty(),
                        "\n",
                        false,
                        Optional.empty(),
                        retry),
                dependsOn);
    }

    Plans add(PlannedProcessor processor, String... dependsOn) {
        nodes.put(processor.id(), processors.size());
        processors.add(processor);
        List<Integer> before = new ArrayList<>();
        for (String dependency : dependsOn) {
            before.add(nodes.get(dependency));
        }
        dependencies.add(before);
        return this;
    }

    Plan plan() {
        Graph graph = (Graph) Graph.of(dependencies);
        return new Plan(
                "test",
                strategy,
                failureStrategy,
                maxConcurrency,
                runTimeout,
                output,
                processors,
                graph);
    }

    /** Appends a letter to whatever comes in. */
    static TextProcessor append(String suffix) {
        return call -> ProcessorResult.of(call.text().string() + suffix);
    }

    /** Tells the length of whatever comes in. */
    static TextProcessor analyze(Map<String, String> metadata) {
        return new TextProcessor() {
            @Override
            public ProcessorResult process(ProcessorCall call) {
                return ProcessorResult.of(call.text(), metadata);
            }

            @Override
            public Intent intent() {
                return Intent.ANALYZE;
            }
        };
    }

    static TextProcessor fail(String message) {
        return call -> {
            throw new IllegalStateException(message);
        };
    }

    /** Runs until it is interrupted, as a guest does. */
    static TextProcessor endless() {
        return endless(new CountDownLatch(1));
    }

    /** The same, telling that it has begun. */
    static TextProcessor endless(CountDownLatch begun) {
        return new TextProcessor() {
            @Override
            public ProcessorResult process(ProcessorCall call) throws InterruptedException {
                begun.countDown();
                while (!Thread.interrupted()) {
                    Thread.onSpinWait();
                }
                throw new InterruptedException();
            }

            @Override
            public boolean stopsOnInterrupt() {
                return true;
            }
        };
    }
}
