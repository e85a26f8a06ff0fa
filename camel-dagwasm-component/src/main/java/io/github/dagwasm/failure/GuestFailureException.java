package io.github.dagwasm.failure;

/** A guest that broke its calling convention or said itself that it failed. */
public final class GuestFailureException extends GuestException {

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
        this(message, null, cause);
    }

    private GuestFailureException(String message, String wordless, Throwable cause) {
        super(message, wordless, cause);
    }

    /**
     * Creates a failure that quotes the guest.
     *
     * @param what what the guest did
     * @param words what follows, with the guest's own words in it, bounded and escaped
     * @param cause what led to it, or null
     * @return the failure
     */
    public static GuestFailureException quoting(String what, String words, Throwable cause) {
        return new GuestFailureException(what + words, what, cause);
    }

    @Override
    GuestException like(String message, String wordless, Throwable cause) {
        return new GuestFailureException(message, wordless, cause);
    }

    @Override
    public String kind() {
        return "guest_failure";
    }
}
