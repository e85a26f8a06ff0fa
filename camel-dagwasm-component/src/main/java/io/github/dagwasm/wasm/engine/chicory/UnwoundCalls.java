package io.github.dagwasm.wasm.engine.chicory;

/**
 * The interpreted functions of one instance that a failure has left, the innermost first. The JVM's
 * stack trace shows that they were open, and not which ones. Written where little stack may be
 * left, so it allocates nothing. For one thread at a time.
 */
final class UnwoundCalls {

    private final int[] functions = new int[GuestTrace.MOST];

    /** Tells one failure from another, and holds nothing of it: it may hold a guest's memory. */
    private int failure;

    private int count;

    /** A failure leaves a function. */
    void add(Throwable leaving, int function) {
        int identity = System.identityHashCode(leaving);
        if (identity != failure) {
            failure = identity;
            count = 0;
        }
        if (count < functions.length) {
            functions[count] = function;
        }
        count++;
    }

    /** How many functions the failure has left. */
    int count(Throwable left) {
        return System.identityHashCode(left) == failure ? count : 0;
    }

    /** One of these functions, no more than are told. */
    int function(int place) {
        return functions[place];
    }

    /** Forgets the failure. */
    void clear() {
        failure = 0;
        count = 0;
    }
}
