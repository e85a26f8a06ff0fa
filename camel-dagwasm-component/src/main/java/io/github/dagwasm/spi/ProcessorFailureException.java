package io.github.dagwasm.spi;

import io.github.dagwasm.failure.DagWasmException;

/**
 * A Java processor that failed, in its own words or by an exception that no other class of the
 * family stands for.
 */
public final class ProcessorFailureException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * Creates a failure.
     *
     * @param message what went wrong; where it is null, the cause speaks for itself
     * @param cause what led to it, or null
     * @param retryable whether another try may succeed
     */
    public ProcessorFailureException(String message, Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    @Override
    public String kind() {
        return "processor_failure";
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
