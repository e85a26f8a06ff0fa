package io.github.dagwasm.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that a run may use. They belong to whoever made the executor.
 *
 * @param pool runs workers
 * @param scheduler keeps deadlines; never runs a processor
 * @param caller the thread that waits for the run; null where none waits
 * @param abandoned how many threads are inside processors that nobody waits for
 */
record Threads(
        Executor pool,
        ScheduledExecutorService scheduler,
        WaitingCaller caller,
        AtomicInteger abandoned) {

    /**
     * Work that wants to know where it runs: only a thread of the pool may be left behind in a
     * processor.
     */
    @FunctionalInterface
    interface Worker {
        void work(boolean onPool);
    }

    void leftBehind() {
        abandoned.incrementAndGet();
    }

    void cameBack() {
        abandoned.decrementAndGet();
    }

    /**
     * Has the waiting caller's thread or one of the pool do some work; false if the pool takes no
     * more.
     */
    boolean offer(Worker worker) {
        if (caller != null && caller.offer(() -> worker.work(false))) {
            return true;
        }
        return taken(() -> worker.work(true));
    }

    /**
     * Has the pool do some work; false if it takes no more, or there is no memory for another of
     * its threads. A pool with the policy to run what it rejects on the submitting thread has taken
     * nothing: what this thread does next is for the run to say.
     */
    boolean taken(Runnable work) {
        Thread submitter = Thread.currentThread();
        AtomicBoolean decided = new AtomicBoolean();
        AtomicBoolean refused = new AtomicBoolean();
        AtomicBoolean submitting = new AtomicBoolean(true);
        try {
            pool.execute(
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
            if (decided.compareAndSet(false, true)) {
                refused.set(true);
            }
        }
        submitting.set(false);
        return !refused.get();
    }

    /** Has some work done, on this thread if there is no other. */
    void elsewhere(Worker worker) {
        if (!offer(worker)) {
            worker.work(false);
        }
    }

    /**
     * Has some work done that the scheduler's thread, which this is, must not do.
     *
     * @param otherwise what to do where there is no thread for it
     */
    void offScheduler(Worker worker, Runnable otherwise) {
        if (offer(worker)) {
            return;
        }
        if (caller != null) {
            caller.enqueue(() -> worker.work(false));
        } else {
            otherwise.run();
        }
    }
}
