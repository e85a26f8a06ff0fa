package io.github.dagwasm.failure;

/**
 * A text that is not well formed where a text is needed, or that a calling convention cannot carry.
 */
public final class MalformedTextException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    private final long offset;

    /**
     * Creates a failure.
     *
     * @param message what is wrong with the text, and where
     * @param offset the offset of the first fault, in bytes or characters as the message says
     */
    public MalformedTextException(String message, long offset) {
        super(message, null);
        this.offset = offset;
    }

    @Override
    public String kind() {
        return "malformed_text";
    }

    /**
     * Where the text is at fault.
     *
     * @return the offset of the first fault, counted from 0, in the unit that the message names
     */
    public long offset() {
        return offset;
    }
}
