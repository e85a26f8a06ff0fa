package io.github.dagwasm.wasm.engine;

/**
 * A guest ended itself. Not of the family of failures, since a command may do so when it has done
 * its work: who calls the guest decides. Thrown deep in the stack, and for each message by some
 * guests, so it looks at nothing and says nothing until it is asked.
 */
public final class GuestExitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * Creates it.
     *
     * @param code the exit code; 0 says that all went well
     */
    public GuestExitException(int code) {
        super(null, null, false, code != 0);
        this.code = code;
    }

    /**
     * The exit code.
     *
     * @return as the guest gave it, an unsigned number
     */
    public int code() {
        return code;
    }

    /** That it did, and with which code. */
    @Override
    public String getMessage() {
        return "the guest ended itself with exit code " + Integer.toUnsignedString(code);
    }
}
