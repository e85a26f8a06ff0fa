package io.github.dagwasm.spi;

import io.github.dagwasm.failure.DagWasmException;

/**
 * A file that is not found, or not read. Who asked for it knows what it was to be, and says so in a
 * failure of its own.
 */
public final class ResourceRefusedException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message what is wrong with the file, where it was looked for, what to do; which file
     *     was asked for is left to who asked
     */
    public ResourceRefusedException(String message) {
        this(message, null);
    }

    /**
     * Creates a failure with its cause.
     *
     * @param message what is wrong with the file, where it was looked for, what to do; which file
     *     was asked for is left to who asked
     * @param cause what led to it, or null
     */
    public ResourceRefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String kind() {
        return "resource_refused";
    }
}
