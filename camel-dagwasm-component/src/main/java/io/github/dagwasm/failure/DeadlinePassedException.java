package io.github.dagwasm.failure;

/**
 * Ends a call whose deadline has passed. Thrown by code that checks its own deadline; the caller
 * knows which timeout set the deadline, and tells the user. It carries no stack trace.
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
