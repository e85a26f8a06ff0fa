package io.github.dagwasm.executor;

import java.util.Optional;
import java.util.function.Consumer;

/** A run, to be started once. Safe for use by any number of threads. */
public final class RunHandle {

    private final Run run;
    private final Optional<WaitingCaller> waiting;
    private final Consumer<RunResult> whenSettled;

    RunHandle(Run run, Optional<WaitingCaller> waiting, Consumer<RunResult> whenSettled) {
        this.run = run;
        this.waiting = waiting;
        this.whenSettled = whenSettled;
    }

    /**
     * Starts the run. This thread works for it while there is something ready and returns when
     * there is not; a run that {@linkplain RunOptions#onCallersThread() stays on it} is over then.
     * To be called once.
     *
     * @return true if the run was over, and its listener had been called, on this thread; false if
     *     another thread calls the listener, or has called it already
     */
    public boolean start() {
        if (waiting.isEmpty()) {
            return run.start();
        }
        boolean interruptedBefore = Thread.interrupted();
        try {
            run.start();
            whenSettled.accept(waiting.get().await(run));
            return true;
        } finally {
            if (interruptedBefore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Stops the run: what has not started does not start, what runs is interrupted. The listener is
     * told, as of any run that failed. Without effect on a run that is over.
     */
    public void cancel() {
        run.cancel();
    }
}
