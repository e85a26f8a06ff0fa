package io.github.dagwasm.wasm.engine.chicory;

/**
 * Thrown where a guest opens one call too many, by their number or by the stack that they take. It
 * is thrown deep in the stack, so it says little and looks at nothing: what there is to say is said
 * at the stack's other end.
 */
final class CallDepthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long missing;

    private CallDepthException(long missing) {
        super(null, null, false, false);
        this.missing = missing;
    }

    /** One call more than may be open. */
    static CallDepthException ofCalls() {
        return new CallDepthException(0);
    }

    /**
     * A call for which there is not stack enough.
     *
     * @param missing by how many bytes
     */
    static CallDepthException ofStack(long missing) {
        return new CallDepthException(missing);
    }

    /** By how many bytes the stack was exceeded; 0 if it was not. */
    long missingStack() {
        return missing;
    }
}
