package io.github.dagwasm.camel;

import io.github.dagwasm.failure.DagWasmException;

/** A body that is no text, or that could not be read. */
public final class UnreadableBodyException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message the pipeline, what is wrong, what to do
     * @param cause what led to it, or null
     */
    public UnreadableBodyException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String kind() {
        return "body";
    }
}
