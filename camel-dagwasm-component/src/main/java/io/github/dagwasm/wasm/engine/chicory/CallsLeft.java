package io.github.dagwasm.wasm.engine.chicory;

/**
 * How many calls a guest may still open, and how many bytes of stack they may take: two numbers in
 * one {@code long}, so that a function takes both down by one subtraction and looks at both by one
 * comparison. The upper half is the number of calls, the lower half the bytes; either is spent when
 * its sign bit is set. Generated code does the same arithmetic.
 */
final class CallsLeft {

    /** The sign bits of both halves. */
    static final long SPENT = 1L << 63 | 1L << 31;

    /** What one call takes off the upper half. */
    private static final long ONE_CALL = 1L << 32;

    /** Far more than there is, and far less than would wrap round. */
    private static final int MOST_FRAME_BYTES = 1 << 28;

    private CallsLeft() {}

    /** So many calls and bytes; what is above the range of an {@code int} is its end. */
    static long of(long calls, long stackBytes) {
        long upper = Math.min(Integer.MAX_VALUE, calls);
        return (upper << 32) | Math.min(Integer.MAX_VALUE, stackBytes);
    }

    /** What the call of a function takes. */
    static long call(long frameBytes) {
        return ONE_CALL + frame(frameBytes);
    }

    /** What a frame takes that is no call of the guest's. */
    static long frame(long frameBytes) {
        return Math.min(MOST_FRAME_BYTES, frameBytes);
    }

    /** What to throw where one of the two is spent. */
    static CallDepthException spent(long left) {
        int bytes = (int) left;
        // Where the lower half went below zero, it borrowed one from the upper.
        long calls = (left >> 32) + (bytes < 0 ? 1 : 0);
        return calls < 0 ? CallDepthException.ofCalls() : CallDepthException.ofStack(-(long) bytes);
    }
}
