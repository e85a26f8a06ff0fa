package io.github.dagwasm.wasm.engine;

/**
 * A guest ended itself. Not of the family of failures, since a command may do so when it has done
 * its work: who calls the guest decides. Like after a failure, its instance is not to be used
 * again.
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
        super("the guest ended itself with exit code " + Integer.toUnsignedString(code));
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
}
