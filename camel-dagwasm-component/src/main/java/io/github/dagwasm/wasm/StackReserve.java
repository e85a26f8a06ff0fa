package io.github.dagwasm.wasm;

/**
 * Room on the stack for what must not break off in the middle. A guest decides how much of it is
 * left where it calls the host: with little enough, what takes a lock would end before it has given
 * it back.
 */
final class StackReserve {

    /**
     * How deep to look. A frame takes 16 bytes at the least, and the JVM puts two calls into one:
     * that makes 8 KiB, where some twenty frames of an interpreter need half as much.
     */
    private static final int CALLS = 1024;

    /** How deep to look where a call is handed to another thread, which takes a dozen frames. */
    private static final int CALLS_TO_HAND_OVER = 192;

    private StackReserve() {}

    /**
     * Proves that there is room, by using it.
     *
     * @throws StackOverflowError if there is none; nothing has happened then
     */
    static void require() {
        require(CALLS);
    }

    /**
     * Proves that there is room to hand a call to another thread and to wait for it.
     *
     * @throws StackOverflowError if there is none; nothing has happened then
     */
    static void requireToHandOver() {
        require(CALLS_TO_HAND_OVER);
    }

    private static void require(int calls) {
        if (descend(calls) != calls) {
            throw new IllegalStateException("every call returns");
        }
    }

    private static int descend(int left) {
        return left == 0 ? 0 : 1 + descend(left - 1);
    }
}
