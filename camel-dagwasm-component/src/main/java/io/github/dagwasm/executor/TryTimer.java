package io.github.dagwasm.executor;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.ProcessorCall;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/**
 * Keeps the time of one try: when it is up, and the task that says so. The run has a timer of its
 * own; a try needs one only where its time is up before the run's.
 */
final class TryTimer {

    private final Run run;
    private final Call call;
    private final Timeout timeout;
    private volatile long deadline;
    private volatile Future<?> task;

    TryTimer(Run run, Call call, Timeout timeout) {
        this.run = run;
        this.call = call;
        this.timeout = timeout;
        this.deadline = run.deadline();
    }

    /** Nanoseconds until time is up; {@link ProcessorCall#NO_DEADLINE} for never. */
    long remainingNanos() {
        return remaining(deadline);
    }

    static long remaining(long deadline) {
        return deadline == ProcessorCall.NO_DEADLINE
                ? ProcessorCall.NO_DEADLINE
                : deadline - System.nanoTime();
    }

    /** Starts anew from now; when time is up, the call has failed with what the function makes. */
    void start(BiFunction<Duration, String, DagWasmException> failure) {
        stop();
        long nanos = timeout.duration().toNanos();
        long mine = System.nanoTime() + nanos;
        if (run.deadline() != ProcessorCall.NO_DEADLINE && run.deadline() - mine <= 0) {
            deadline = run.deadline();
            return;
        }
        deadline = mine;
        task =
                run.after(
                        nanos,
                        () ->
                                run.timeIsUp(
                                        call, failure.apply(timeout.duration(), timeout.option())));
    }

    void stop() {
        Future<?> running = task;
        if (running != null) {
            running.cancel(false);
            task = null;
        }
    }
}
