package io.github.dagwasm.spi;

/** A guest that broke its calling convention or said itself that it failed. */
public final class GuestFailureException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    /** What is left of the message without the guest's own words; null where it has none. */
    private final String wordless;

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
        super(message, cause);
        this.wordless = wordless;
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

    /**
     * The same without anything that the guest said, for guests that are to say nothing.
     *
     * @return a failure without a cause; this one where it quotes nobody
     */
    public GuestFailureException withoutWords() {
        return wordless == null
                ? this
                : new GuestFailureException(
                        wordless + "; what it said is withheld, since it may log nothing");
    }

    @Override
    public String kind() {
        return "guest_failure";
    }
}
