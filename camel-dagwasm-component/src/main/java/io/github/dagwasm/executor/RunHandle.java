package io.github.dagwasm.executor;

/** A run, to be started once. Safe for use by any number of threads. */
public abstract class RunHandle {

    RunHandle() {}

    /**
     * Starts the run. This thread works for it while there is something ready and returns when
     * there is not; a run that {@linkplain RunOptions#onCallersThread() stays on it} is over then.
     * To be called once.
     *
     * @return true if the run was over, and its listener had been called, on this thread; false if
     *     another thread calls the listener, or has called it already
     */
    public abstract boolean start();

    /**
     * Stops the run: what has not started does not start, what runs is interrupted. The listener is
     * told, as of any run that failed; where the run has not been started, at the latest when it
     * is. Without effect on a run that is over.
     */
    public abstract void cancel();
}
