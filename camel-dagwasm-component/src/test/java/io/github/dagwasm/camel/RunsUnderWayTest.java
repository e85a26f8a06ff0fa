package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.executor.DagExecutor;
import io.github.dagwasm.executor.Plan;
import io.github.dagwasm.executor.PlannedProcessor;
import io.github.dagwasm.executor.RunHandle;
import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunsUnderWayTest {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final RunsUnderWay runs = new RunsUnderWay();

    @AfterEach
    void close() {
        scheduler.shutdownNow();
    }

    private RunHandle run() {
        TextProcessor echo = call -> ProcessorResult.of(call.text());
        Plan plan =
                new Plan(
                        "test",
                        Strategy.WORK_QUEUE,
                        FailureStrategy.FAIL_FAST,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(PlannedProcessor.of("echo", echo)),
                        (Graph) Graph.of(List.of(List.of())));
        return new DagExecutor(Runnable::run, scheduler)
                .prepare(plan, Text.EMPTY, RunOptions.DEFAULTS, settled -> {});
    }

    private List<RunHandle> all() {
        List<RunHandle> all = new ArrayList<>();
        runs.forEach(all::add);
        return all;
    }

    @Test
    void keepsTheRunsOfOneThreadThatAreUnderWayAtOnce() {
        RunHandle outer = run();
        RunHandle inner = run();

        int outerPlace = runs.add(outer);
        int innerPlace = runs.add(inner);
        assertThat(all()).containsExactlyInAnyOrder(outer, inner);

        runs.remove(outer, outerPlace);
        assertThat(all()).containsExactly(inner);
        assertThat(runs.isEmpty()).isFalse();

        runs.remove(inner, innerPlace);
        assertThat(all()).isEmpty();
        assertThat(runs.isEmpty()).isTrue();
    }

    @Test
    void isEmptyAfterManyThreadsHaveComeAndGone() throws InterruptedException {
        AtomicInteger missed = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 40; t++) {
            Thread thread =
                    new Thread(
                            () -> {
                                for (int i = 0; i < 500; i++) {
                                    RunHandle run = run();
                                    int place = runs.add(run);
                                    if (!all().contains(run)) {
                                        missed.incrementAndGet();
                                    }
                                    runs.remove(run, place);
                                }
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(missed).hasValue(0);
        assertThat(runs.isEmpty()).isTrue();
    }
}
