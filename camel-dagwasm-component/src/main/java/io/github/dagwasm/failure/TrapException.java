package io.github.dagwasm.failure;

/** A guest that trapped, or brought its engine to throw. The instance it ran in is gone. */
public final class TrapException extends GuestException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message what the guest ran into
     */
    public TrapException(String message) {
        this(message, null);
    }

    /**
     * Creates a failure with its cause.
     *
     * @param message what the guest ran into
     * @param cause what led to it, or null
     */
    public TrapException(String message, Throwable cause) {
        this(message, null, cause);
    }

    private TrapException(String message, String wordless, Throwable cause) {
        super(message, wordless, cause);
    }

    @Override
    GuestException like(String message, String wordless, Throwable cause) {
        return new TrapException(message, wordless, cause);
    }

    @Override
    public String kind() {
        return "trap";
    }
}
