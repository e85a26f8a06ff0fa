package io.github.dagwasm.wasm.engine;

/**
 * What one call of a guest may use.
 *
 * @param memoryBytes linear memory, in bytes
 * @param tableEntries entries of all its tables together
 * @param callDepth how many calls of its functions may be open at once
 * @param stackBytes how many bytes of stack the frames of the open calls may take together
 * @param inputBytes its input, in bytes of UTF-8
 * @param outputBytes its output, in bytes of UTF-8
 * @param logBytes what it logs, in bytes
 */
public record GuestLimits(
        long memoryBytes,
        long tableEntries,
        long callDepth,
        long stackBytes,
        long inputBytes,
        long outputBytes,
        long logBytes) {

    /**
     * 64 MiB of memory, 100,000 table entries, 4,000 open calls, 640 KiB of stack, 10 MiB of input
     * and of output, 64 KiB of log.
     *
     * <p>640 KiB fit into a thread's stack of 1 MiB, the JVM's default on most systems, beside 96
     * KiB that the JVM keeps free, 110 KiB for the host's functions and 170 KiB for what called the
     * processor. The smallest functions take about 240 bytes for a direct call and 440 for a call
     * by reference: 2,700 and 1,400 open calls. A function that is interpreted, because it is too
     * large for a JVM method, takes 3.1 KiB: 200 open calls.
     */
    public static final GuestLimits DEFAULTS =
            new GuestLimits(64L << 20, 100_000, 4_000, 640L << 10, 10L << 20, 10L << 20, 64L << 10);

    /** Refuses a negative limit. */
    public GuestLimits {
        requireNotNegative("memoryBytes", memoryBytes);
        requireNotNegative("tableEntries", tableEntries);
        requireNotNegative("callDepth", callDepth);
        requireNotNegative("stackBytes", stackBytes);
        requireNotNegative("inputBytes", inputBytes);
        requireNotNegative("outputBytes", outputBytes);
        requireNotNegative("logBytes", logBytes);
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be >= 0, but is " + value);
        }
    }
}
