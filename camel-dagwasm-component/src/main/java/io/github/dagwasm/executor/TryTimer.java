package io.github.dagwasm.executor;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.ProcessorCall;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Keeps the time of one try: when it is up, and the task that says so. The run has a timer of its
 * own; a try needs one only where its time is up before the run's, and a processor that keeps its
 * deadline by itself none.
 */
final class TryTimer {

    private final Run run;
    private final Call call;
    private final Timeout timeout;
    private final boolean kept;
    private volatile long deadline;
    private volatile boolean endsFirst;
    private volatile Future<?> task;

    TryTimer(Run run, Call call, PlannedProcessor planned) {
        this.run = run;
        this.call = call;
        this.timeout = planned.timeout().orElseThrow();
        this.kept = planned.keepsDeadline();
        this.deadline = run.deadline();
    }

    /** Nanoseconds until time is up; {@link ProcessorCall#NO_DEADLINE} for never. */
    long remainingNanos() {
        return remaining(deadline);
    }

    /** Whether time is up before the run's. */
    boolean endsFirst() {
        return endsFirst;
    }

    static long remaining(long deadline) {
        return deadline == ProcessorCall.NO_DEADLINE
                ? ProcessorCall.NO_DEADLINE
                : deadline - System.nanoTime();
    }

    /** Starts anew from now; when time is up, the call has failed with what the function makes. */
    void start(Function<Timeout, DagWasmException> failure) {
        stop();
        endsFirst = false;
        long nanos = timeout.duration().toNanos();
        long mine = System.nanoTime() + nanos;
        if (run.deadline() != ProcessorCall.NO_DEADLINE && run.deadline() - mine <= 0) {
            deadline = run.deadline();
            return;
        }
        deadline = mine;
        endsFirst = true;
        if (!kept) {
            task = run.after(nanos, () -> run.timeIsUp(call, failure.apply(timeout)));
        }
    }

    void stop() {
        Future<?> running = task;
        if (running != null) {
            running.cancel(false);
            task = null;
        }
    }
}
