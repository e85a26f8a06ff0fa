package io.github.dagwasm.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The threads that a run may use. They belong to whoever made the executor.
 *
 * @param pool runs workers
 * @param scheduler keeps deadlines; never runs a processor
 * @param contexts captures the context of the current thread
 * @param caller the thread that waits for the run; null where none waits
 * @param abandoned how many threads are inside processors that nobody waits for
 */
record Threads(
        Executor pool,
        ScheduledExecutorService scheduler,
        Supplier<ThreadContext> contexts,
        WaitingCaller caller,
        AtomicInteger abandoned) {

    void leftBehind() {
        abandoned.incrementAndGet();
    }

    void cameBack() {
        abandoned.decrementAndGet();
    }

    /** Has the waiting caller's thread do some work if it has nothing else to do. */
    boolean idleCallerTakes(Runnable work) {
        return caller != null && caller.offer(work);
    }

    /**
     * Has the waiting caller's thread do some work, at the latest when it has nothing else to do.
     */
    boolean callerTakes(Runnable work) {
        if (caller == null) {
            return false;
        }
        caller.enqueue(work);
        return true;
    }

    /**
     * Has the pool do some work; false if it takes no more, or there is no memory for another of
     * its threads. A pool with the policy to run what it rejects on the submitting thread has taken
     * nothing: what this thread does next is for the run to say.
     */
    boolean poolTakes(Runnable work) {
        return takes(
                work,
                task -> {
                    pool.execute(task);
                    return true;
                });
    }

    /** Likewise, and false too if the pool can tell that it has no thread for it now. */
    boolean freeThreadTakes(Runnable work) {
        return pool instanceof WorkerPool workers
                ? takes(work, workers::tryExecute)
                : poolTakes(work);
    }

    private static boolean takes(Runnable work, Predicate<Runnable> submission) {
        Thread submitter = Thread.currentThread();
        AtomicBoolean decided = new AtomicBoolean();
        AtomicBoolean refused = new AtomicBoolean();
        AtomicBoolean submitting = new AtomicBoolean(true);
        boolean accepted = false;
        try {
            accepted =
                    submission.test(
                            () -> {
                                if (!decided.compareAndSet(false, true)) {
                                    return;
                                }
                                if (submitting.get() && Thread.currentThread() == submitter) {
                                    refused.set(true);
                                } else {
                                    work.run();
                                }
                            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // Whether it was run nevertheless is seen below.
            accepted = false;
        }
        if (!accepted && decided.compareAndSet(false, true)) {
            refused.set(true);
        }
        submitting.set(false);
        return !refused.get();
    }
}
