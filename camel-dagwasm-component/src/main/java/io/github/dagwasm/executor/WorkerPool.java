package io.github.dagwasm.executor;

import java.util.concurrent.Executor;

/**
 * A pool that knows whether it has a thread to spare. Where a thread is at hand that could do the
 * work as well, a run asks such a pool for a free thread only, and does not queue.
 */
public interface WorkerPool extends Executor {

    /**
     * Does some work if a thread is free for it.
     *
     * @param task the work
     * @return false if there is none, and the task is not and will not be run
     */
    boolean tryExecute(Runnable task);
}
