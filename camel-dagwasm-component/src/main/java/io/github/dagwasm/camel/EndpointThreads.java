package io.github.dagwasm.camel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * The threads that call endpoints, so that whoever blocks blocks none of a run's. Safe for use by
 * any number of threads.
 *
 * @param threads the threads
 * @param pool the bound on them, whatever their number
 * @param size how many there are
 * @param mostWaiting how many calls may wait for one
 */
record EndpointThreads(ExecutorService threads, BoundedPool pool, int size, int mostWaiting) {

    private static final String OPTION = " (component option endpointPoolSize)";

    /**
     * Has a thread do some work, sooner or later.
     *
     * @throws RejectedExecutionException if too much waits already, or if there are no threads any
     *     more; the message says so
     */
    void execute(Runnable work) {
        try {
            pool.execute(work);
        } catch (RejectedExecutionException e) {
            if (threads.isShutdown()) {
                throw new RejectedExecutionException(
                        "not sent: the component has stopped, and with it the threads that call"
                                + " endpoints",
                        e);
            }
            throw new RejectedExecutionException(
                    "not sent: " + busy() + " and " + mostWaiting + " calls wait" + OPTION, e);
        }
    }

    /** Work that nobody has begun is not done. */
    void withdraw(Runnable work) {
        var unused = pool.withdraw(work);
    }

    /** Why a call has to wait. */
    String waits() {
        return busy() + OPTION;
    }

    private String busy() {
        return "all " + size + " threads that call endpoints are busy";
    }
}
