package io.github.dagwasm.failure;

/** A failure that a guest is to blame for, and that may quote the guest. */
public abstract sealed class GuestException extends DagWasmException
        permits GuestFailureException, TrapException {

    private static final long serialVersionUID = 1L;

    /** What is left of the message without the guest's own words; null where it has none. */
    private final String wordless;

    /**
     * Creates a failure.
     *
     * @param message what happened, with the guest's own words, bounded and escaped
     * @param wordless the same without these words, or null where there are none
     * @param cause what led to it, or null
     */
    protected GuestException(String message, String wordless, Throwable cause) {
        super(message, cause);
        this.wordless = wordless;
    }

    /** A failure of the same class. */
    abstract GuestException like(String message, String wordless, Throwable cause);

    /**
     * The same with something more that the guest said.
     *
     * @param words what follows the message, bounded and escaped
     * @return a failure with the same cause; this one where there are no words
     */
    public final GuestException withWords(String words) {
        return words.isEmpty()
                ? this
                : likewise(
                        getMessage() + words,
                        wordless == null ? getMessage() : wordless,
                        getCause());
    }

    /**
     * The same without anything that the guest said, for guests that are to say nothing.
     *
     * @return a failure without a cause; this one where it quotes nobody
     */
    public final GuestException withoutWords() {
        return wordless == null
                ? this
                : likewise(
                        wordless + "; what it said is withheld, since it may log nothing",
                        null,
                        null);
    }

    private GuestException likewise(String message, String other, Throwable cause) {
        GuestException copy = like(message, other, cause);
        copy.setStackTrace(getStackTrace());
        if (cause != null) {
            for (Throwable suppressed : getSuppressed()) {
                copy.addSuppressed(suppressed);
            }
        }
        return copy;
    }
}
