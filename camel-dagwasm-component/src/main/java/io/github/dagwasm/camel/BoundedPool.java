package io.github.dagwasm.camel;

import io.github.dagwasm.executor.WorkerPool;
import io.github.dagwasm.runtime.CurrentContext;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * At most so many threads of a pool at once, whatever size the pool has: one of virtual threads has
 * none. What finds no thread waits its turn. Safe for use by any number of threads.
 */
final class BoundedPool implements WorkerPool {

    private final Executor pool;
    private final int threads;
    private final int mostWaiting;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int working;

    /**
     * Puts a bound on a pool.
     *
     * @param pool the pool, which has a thread for each of these
     * @param threads how many tasks may run at once
     * @param mostWaiting how many tasks may wait; further ones are rejected
     */
    BoundedPool(Executor pool, int threads, int mostWaiting) {
        this.pool = pool;
        this.threads = threads;
        this.mostWaiting = mostWaiting;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            if (working == threads) {
                if (waiting.size() == mostWaiting) {
                    throw new RejectedExecutionException(
                            threads + " tasks run and " + mostWaiting + " wait");
                }
                waiting.add(task);
                return;
            }
            working++;
        }
        start(task);
    }

    @Override
    public boolean tryExecute(Runnable task) {
        synchronized (waiting) {
            if (working == threads) {
                return false;
            }
            working++;
        }
        start(task);
        return true;
    }

    /**
     * Takes back a task that waits, so that another one can wait in its place.
     *
     * @return false if it runs or has run
     */
    boolean withdraw(Runnable task) {
        synchronized (waiting) {
            return waiting.remove(task);
        }
    }

    private void start(Runnable task) {
        Thread submitter = Thread.currentThread();
        try {
            pool.execute(
                    () -> {
                        if (Thread.currentThread() != submitter) {
                            // Some MDCs go to new threads by themselves, and would stay there.
                            CurrentContext.remove();
                        }
                        work(task);
                    });
        } catch (RuntimeException | Error e) {
            // Others may have come to wait for the thread that there is not: nobody else would run
            // them.
            Runnable orphan = next();
            if (orphan != null) {
                work(orphan);
            }
            throw e;
        }
    }

    private void work(Runnable first) {
        for (Runnable task = first; task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** The next task for a thread that is free; null where it is done, and counts no more. */
    private Runnable next() {
        synchronized (waiting) {
            Runnable task = waiting.poll();
            if (task == null) {
                working--;
            }
            return task;
        }
    }
}
