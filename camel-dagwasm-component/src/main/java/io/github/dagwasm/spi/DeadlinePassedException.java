package io.github.dagwasm.spi;

/**
 * Ends a call whose deadline has passed, thrown by a processor that {@linkplain
 * TextProcessor#keepsDeadline() keeps it by itself}. The executor knows which of the call's
 * timeouts that was, and says so. It carries no stack trace.
 */
public final class DeadlinePassedException extends InterruptedException {

    private static final long serialVersionUID = 1L;

    /** Creates it; there is nothing to say that the executor does not know better. */
    public DeadlinePassedException() {
        super("the deadline has passed");
    }

    /** Does nothing: where time is up is chance. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
        return this;
    }
}
