package io.github.dagwasm.wasm.engine.chicory;

/**
 * Thrown where a guest opens one call too many. It is thrown deep in the stack, so it says nothing
 * and looks at nothing: what there is to say is said at the stack's other end.
 */
final class CallDepthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallDepthException() {
        super(null, null, false, false);
    }
}
