package io.github.dagwasm.spi;

/** A guest that broke its calling convention or said itself that it failed. */
public final class GuestFailureException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message what the guest did, or its own words, bounded and escaped
     */
    public GuestFailureException(String message) {
        this(message, null);
    }

    /**
     * Creates a failure with its cause.
     *
     * @param message what the guest did, or its own words, bounded and escaped
     * @param cause what led to it, or null
     */
    public GuestFailureException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String kind() {
        return "guest_failure";
    }
}
