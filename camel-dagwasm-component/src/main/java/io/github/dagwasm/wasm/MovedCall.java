package io.github.dagwasm.wasm;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * Work that another thread does while its caller waits. An interrupt of the caller reaches the
 * work, and nothing else that the other thread does before or afterwards.
 */
final class MovedCall<T> implements Runnable {

    private final Callable<T> work;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread runner;
    private boolean interrupted;
    private T result;
    private Throwable failure;

    MovedCall(Callable<T> work) {
        this.work = work;
    }

    @Override
    public void run() {
        try {
            begin();
            result = work.call();
        } catch (Throwable t) {
            failure = t;
        } finally {
            end();
            ended.countDown();
        }
    }

    private synchronized void begin() {
        runner = Thread.currentThread();
        if (interrupted) {
            runner.interrupt();
        }
    }

    private synchronized void end() {
        runner = null;
        // It was for the work; the thread goes on to other work.
        boolean unused = Thread.interrupted();
    }

    private synchronized void interrupt() {
        interrupted = true;
        if (runner != null) {
            runner.interrupt();
        }
    }

    /**
     * Waits for the work's end.
     *
     * @return what the work returned; the caller's interrupt flag is set if it was interrupted and
     *     the work ended by itself
     * @throws InterruptedException if the work ended so
     */
    T await() throws InterruptedException {
        boolean set = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                set = true;
                interrupt();
            }
        }
        if (failure instanceof InterruptedException e) {
            throw e;
        }
        if (set) {
            Thread.currentThread().interrupt();
        }
        return outcome();
    }

    private T outcome() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return result;
    }
}
