package io.github.dagwasm.executor;

/** A run that was started. Safe for use by any number of threads. */
public final class RunHandle {

    private final Run run;
    private final boolean settledByCaller;

    RunHandle(Run run, boolean settledByCaller) {
        this.run = run;
        this.settledByCaller = settledByCaller;
    }

    /**
     * Whether the run was over, and its listener had been called, on the thread that started it.
     *
     * @return false if another thread calls the listener, or has called it already
     */
    public boolean settledByCaller() {
        return settledByCaller;
    }

    /**
     * Stops the run: what has not started does not start, what runs is interrupted. Without effect
     * on a run that is over.
     */
    public void cancel() {
        run.cancel();
    }
}
