package io.github.dagwasm.executor;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A thread that waits for its run and, while it waits, works for it. */
final class WaitingCaller {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean idle;
    private RunResult result;

    /** Gives the thread something to do, if it has nothing to do. */
    boolean offer(Runnable task) {
        lock.lock();
        try {
            return idle && tasks.isEmpty() && put(task);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the thread something to do as soon as it has nothing else to do. */
    void enqueue(Runnable task) {
        lock.lock();
        try {
            put(task);
        } finally {
            lock.unlock();
        }
    }

    void settled(RunResult settled) {
        lock.lock();
        try {
            result = settled;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the result. An interrupt cancels the run, which is waited for all the same; the
     * flag is set afterwards.
     */
    RunResult await(Run run) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Runnable task = nextTask();
                    if (task == null) {
                        return result;
                    }
                    task.run();
                } catch (InterruptedException e) {
                    interrupted = true;
                    run.cancel();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean put(Runnable task) {
        tasks.add(task);
        changed.signal();
        return true;
    }

    /** The next task, or null once there is a result. */
    private Runnable nextTask() throws InterruptedException {
        lock.lock();
        try {
            idle = true;
            while (tasks.isEmpty() && result == null) {
                changed.await();
            }
            return result == null ? tasks.remove() : null;
        } finally {
            idle = false;
            lock.unlock();
        }
    }
}
