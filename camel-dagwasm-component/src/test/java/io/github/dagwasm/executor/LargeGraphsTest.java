package io.github.dagwasm.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.Retry;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each runs on a thread with a stack of 256 KiB, so that any recursion over the graph would show.
 */
class LargeGraphsTest extends RunFixture {

    private static final TextProcessor NOTHING = call -> ProcessorResult.of(call.text());
    private static final TextProcessor BROKEN =
            call -> {
                throw new IllegalStateException("broken");
            };

    private static Plan plan(
            Strategy strategy,
            FailureStrategy failureStrategy,
            PipelineProcessor first,
            List<List<Integer>> dependencies) {
        List<PlannedProcessor> processors = new ArrayList<>();
        for (int node = 0; node < dependencies.size(); node++) {
            processors.add(PlannedProcessor.of("p" + node, node == 0 ? first : NOTHING));
        }
        Graph graph = (Graph) Graph.of(dependencies);
        return new Plan(
                "large",
                strategy,
                failureStrategy,
                2,
                Optional.empty(),
                Optional.empty(),
                processors,
                graph);
    }

    private static List<List<Integer>> chain() {
        return IntStream.range(0, 10_000)
                .mapToObj(node -> node == 0 ? List.<Integer>of() : List.of(node - 1))
                .toList();
    }

    private static List<List<Integer>> levels() {
        return IntStream.range(0, 10_000)
                .mapToObj(
                        node -> {
                            int start = (node / 100 - 1) * 100;
                            return node < 100
                                    ? List.<Integer>of()
                                    : IntStream.range(start, start + 100).boxed().toList();
                        })
                .toList();
    }

    private RunReport onASmallStack(Plan plan) throws InterruptedException {
        AtomicReference<RunReport> report = new AtomicReference<>();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread =
                new Thread(
                        null,
                        () ->
                                report.set(
                                        executor.run(plan, Text.of("in"), RunOptions.DEFAULTS)
                                                .report()),
                        "small",
                        256 * 1024);
        thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
        thread.start();
        thread.join();
        assertThat(thrown.get()).isNull();
        return report.get();
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void aChainOfTenThousandRuns(Strategy strategy) throws InterruptedException {
        RunReport report =
                onASmallStack(plan(strategy, FailureStrategy.FAIL_FAST, NOTHING, chain()));

        assertThat(report.executed()).isEqualTo(10_000);
        assertThat(report.criticalPath()).hasSize(10_000).startsWith("p0").endsWith("p9999");
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void aHundredLevelsEachDependingOnAllOfTheLevelBeforeRun(Strategy strategy)
            throws InterruptedException {
        RunReport report =
                onASmallStack(plan(strategy, FailureStrategy.FAIL_FAST, NOTHING, levels()));

        assertThat(report.executed()).isEqualTo(10_000);
        assertThat(report.criticalPath()).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource(FailureStrategy.class)
    void aFailureAtTheTopOfAChainSettlesItAll(FailureStrategy failureStrategy)
            throws InterruptedException {
        RunReport report =
                onASmallStack(plan(Strategy.WORK_QUEUE, failureStrategy, BROKEN, chain()));

        assertThat(report.executed()).isEqualTo(1);
    }

    @Test
    @org.junit.jupiter.api.Timeout(600)
    void whatMayBecomeTheOutputIsForetoldWithoutLookingAtEveryPairOfProcessors() {
        List<PlannedProcessor> processors =
                IntStream.range(0, 10_000)
                        .mapToObj(
                                node ->
                                        new PlannedProcessor(
                                                "p" + node,
                                                "local",
                                                NOTHING,
                                                Optional.empty(),
                                                "",
                                                true,
                                                Optional.empty(),
                                                Retry.of(0)))
                        .toList();
        Plan plan =
                new Plan(
                        "large",
                        Strategy.WORK_QUEUE,
                        FailureStrategy.BEST_EFFORT,
                        2,
                        Optional.empty(),
                        Optional.empty(),
                        processors,
                        (Graph) Graph.of(chain()));

        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        List<String> possible = plan.flow().possibleOutputs();
        long used = threads.getCurrentThreadCpuTime() - before;

        assertThat(possible).containsExactly("p9999");
        // The processor's time, which others do not lengthen.
        assertThat(used).isLessThan(TimeUnit.SECONDS.toNanos(4));
    }
}
