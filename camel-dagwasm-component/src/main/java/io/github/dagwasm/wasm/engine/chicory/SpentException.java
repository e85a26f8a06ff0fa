package io.github.dagwasm.wasm.engine.chicory;

/**
 * Thrown where a guest has spent all that it may. It is thrown deep in the stack, so it says
 * nothing and looks at nothing: what there is to say is said at the stack's other end.
 */
final class SpentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean time;

    private SpentException(boolean time) {
        super(null, null, false, false);
        this.time = time;
    }

    static SpentException ofTime() {
        return new SpentException(true);
    }

    static SpentException ofFuel() {
        return new SpentException(false);
    }

    /** Whether it is time that was spent, not fuel. */
    boolean isTime() {
        return time;
    }
}
