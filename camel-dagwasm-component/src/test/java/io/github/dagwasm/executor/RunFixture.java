package io.github.dagwasm.executor;

import io.github.dagwasm.text.Text;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;

/** A pool, a scheduler and an executor over both. */
abstract class RunFixture {

    final ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "pool"));
    final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "scheduler"));
    final DagExecutor executor = new DagExecutor(pool, scheduler);

    @AfterEach
    void closeThreads() {
        pool.shutdownNow();
        scheduler.shutdownNow();
    }

    RunResult run(Plan plan, String input) {
        return executor.run(plan, Text.of(input), RunOptions.DEFAULTS);
    }

    RunResult run(Plans plans, String input) {
        return run(plans.plan(), input);
    }
}
