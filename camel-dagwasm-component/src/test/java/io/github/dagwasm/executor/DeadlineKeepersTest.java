package io.github.dagwasm.executor;

import static io.github.dagwasm.executor.Plans.append;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorOutcome;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processors that end by themselves when time is up: nobody keeps it for them. */
class DeadlineKeepersTest extends RunFixture {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofSeconds(60);
    private static final String RUN_TIMEOUT =
            "stopped after 0.02 s (executor_options.run_timeout_seconds)";

    private final AtomicBoolean begun = new AtomicBoolean();

    /** How a plan is shaped: a single processor is a chain, two beside each other are none. */
    private enum Shape {
        CHAIN,
        FAN_OUT;

        Plan plan(Plans plans) {
            return (this == CHAIN ? plans : plans.add("other", keeper(append(" other")))).plan();
        }
    }

    private static TextProcessor keeper(TextProcessor processor) {
        return new TextProcessor() {
            @Override
            public ProcessorResult process(ProcessorCall call) throws Exception {
                return processor.process(call);
            }

            @Override
            public boolean keepsDeadline() {
                return true;
            }
        };
    }

    /** Runs until its time is up. */
    private TextProcessor endless() {
        return keeper(
                call -> {
                    begun.set(true);
                    while (call.remainingNanos() > 0) {
                        Thread.onSpinWait();
                    }
                    throw new DeadlinePassedException();
                });
    }

    /** Takes longer than it may, and ends as if nothing were. */
    private TextProcessor late() {
        return keeper(
                call -> {
                    begun.set(true);
                    while (call.remainingNanos() > 0) {
                        Thread.onSpinWait();
                    }
                    return ProcessorResult.of(call.text());
                });
    }

    private RunFailedException failure(Plan plan) {
        return run(plan, "in").failure().orElseThrow();
    }

    /** The first run in which the processor began before the time of the run was up. */
    private RunResult runOnceBegun(Plan plan) {
        RunResult result = run(plan, "in");
        while (!begun.get()) {
            result = run(plan, "in");
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void theTrysOwnTimeoutIsNamedWhereItEndsFirst(Shape shape) {
        Plan plan = shape.plan(new Plans().runTimeout(LATE).timed("guest", SOON, 0, endless()));

        assertThat(failure(plan))
                .hasMessage(
                        "pipeline 'test': processor 'guest': stopped after 0.02 s (timeout_seconds)");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void theRunsTimeoutIsNamedWhereItEndsFirst(Shape shape) {
        Plan plan =
                shape.plan(
                        new Plans()
                                .failing(FailureStrategy.BEST_EFFORT)
                                .runTimeout(SOON)
                                .timed("guest", LATE, 0, endless()));

        RunFailedException failure = runOnceBegun(plan).failure().orElseThrow();

        assertThat(failure)
                .hasMessage(
                        "pipeline 'test': " + RUN_TIMEOUT + "; processor 'guest': " + RUN_TIMEOUT);
        assertThat(failure.causes()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void nothingStartsOnceTheTimeOfTheRunIsUp(Shape shape) {
        Plan plan =
                shape.plan(
                        new Plans()
                                .maxConcurrency(1)
                                .runTimeout(SOON)
                                .add("late", late())
                                .add("next", keeper(append("!")), "late"));

        RunResult result = runOnceBegun(plan);

        assertThat(result.failure().orElseThrow()).hasMessage("pipeline 'test': " + RUN_TIMEOUT);
        assertThat(result.report().processors())
                .extracting(ProcessorReport::outcome)
                .startsWith(ProcessorOutcome.SUCCEEDED, ProcessorOutcome.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void noTimerIsSet(Shape shape) {
        ScheduledExecutorService closed = Executors.newSingleThreadScheduledExecutor();
        closed.shutdownNow();
        Plan plan =
                shape.plan(
                        new Plans()
                                .output("a")
                                .runTimeout(LATE)
                                .timed("a", LATE, 0, keeper(append("a"))));

        RunResult result =
                new DagExecutor(pool, closed).run(plan, Text.of("in"), RunOptions.DEFAULTS);

        assertThat(result.text().string()).isEqualTo("ina");
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void theRunsTimerAndTheProcessorMaySayTheSameAtOnce(Shape shape) {
        // A processor that does not keep its deadline brings the run's timer in.
        Plans plans = new Plans().runTimeout(SOON).add("guest", endless());
        Plan plan = shape.plan(plans.add("deaf", append("!"), "guest"));

        assertThat(failure(plan))
                .satisfies(
                        failure -> {
                            // Which of the two is first is the clock's to say.
                            assertThat(failure.getMessage())
                                    .isIn(
                                            "pipeline 'test': " + RUN_TIMEOUT,
                                            "pipeline 'test': "
                                                    + RUN_TIMEOUT
                                                    + "; processor 'guest': "
                                                    + RUN_TIMEOUT);
                            assertThat(failure.getSuppressed()).isEmpty();
                        });
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void whoSaysThatTimeIsUpWithoutADeadlineIsTakenAtItsWord(Shape shape) {
        TextProcessor wrong =
                keeper(
                        call -> {
                            throw new DeadlinePassedException();
                        });

        assertThat(failure(shape.plan(new Plans().add("wrong", wrong))))
                .hasMessage(
                        "pipeline 'test': processor 'wrong': stopped at a deadline, but has none");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theDeadlineIsTheSmallerOfTheTwo() {
        AtomicReference<Long> left = new AtomicReference<>();
        TextProcessor curious =
                keeper(
                        call -> {
                            left.set(call.deadlineNanos() - System.nanoTime());
                            return ProcessorResult.of(call.text());
                        });

        run(new Plans().runTimeout(LATE).timed("a", LATE.multipliedBy(9), 0, curious), "in");
        assertThat(left.get()).isPositive().isLessThanOrEqualTo(LATE.toNanos());

        run(new Plans().runTimeout(LATE.multipliedBy(9)).timed("a", LATE, 0, curious), "in");
        assertThat(left.get()).isPositive().isLessThanOrEqualTo(LATE.toNanos());
    }
}
