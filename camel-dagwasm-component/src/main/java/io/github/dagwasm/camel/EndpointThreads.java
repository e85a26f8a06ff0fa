package io.github.dagwasm.camel;

import java.util.concurrent.RejectedExecutionException;

/**
 * The threads that call endpoints, so that whoever blocks blocks none of a run's. Safe for use by
 * any number of threads.
 *
 * @param pool the threads
 * @param size how many there are
 * @param mostWaiting how many calls may wait for one
 */
record EndpointThreads(BoundedPool pool, int size, int mostWaiting) {

    private static final String OPTION = " (component option endpointPoolSize)";

    /**
     * Has a thread do some work, sooner or later.
     *
     * @throws RejectedExecutionException if too much waits already; the message says so
     */
    void execute(Runnable work) {
        try {
            pool.execute(work);
        } catch (RejectedExecutionException e) {
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
