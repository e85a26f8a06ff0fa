package io.github.dagwasm.spi;

/**
 * What one call of a guest may use.
 *
 * @param memoryBytes linear memory, in bytes
 * @param tableEntries entries of all its tables together
 * @param callDepth how many calls of its functions may be open at once
 * @param inputBytes its input, in bytes of UTF-8
 * @param outputBytes its output, in bytes of UTF-8
 * @param logBytes what it logs, in bytes
 */
public record Limits(
        long memoryBytes,
        long tableEntries,
        long callDepth,
        long inputBytes,
        long outputBytes,
        long logBytes) {

    /**
     * 64 MiB of memory, 100,000 table entries, 4,000 open calls, 10 MiB of input and of output, 64
     * KiB of log.
     *
     * <p>Of calls a thread's stack holds fewer than one might like. In 1 MiB, the JVM's default on
     * most systems, a guest of which nothing is compiled by the JVM yet gets 7,000 deep with the
     * smallest of functions, 4,200 with eight locals each and 2,800 with 32; once it is warm,
     * 23,000, 13,000 and 4,500. So what needs more than 4,000 cannot count on it, and who allows
     * more gives the threads a larger stack.
     */
    public static final Limits DEFAULTS =
            new Limits(64L << 20, 100_000, 4_000, 10L << 20, 10L << 20, 64L << 10);

    /** Refuses a negative limit. */
    public Limits {
        requireNotNegative("memoryBytes", memoryBytes);
        requireNotNegative("tableEntries", tableEntries);
        requireNotNegative("callDepth", callDepth);
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
