package io.github.dagwasm.spi;

/**
 * What one call of a guest may use.
 *
 * @param memoryBytes linear memory, in bytes
 * @param inputBytes its input, in bytes of UTF-8
 * @param outputBytes its output, in bytes of UTF-8
 * @param logBytes what it logs, in bytes
 */
public record Limits(long memoryBytes, long inputBytes, long outputBytes, long logBytes) {

    /** 64 MiB of memory, 10 MiB of input and of output, 64 KiB of log. */
    public static final Limits DEFAULTS = new Limits(64L << 20, 10L << 20, 10L << 20, 64L << 10);

    /** Refuses a negative limit. */
    public Limits {
        requireNotNegative("memoryBytes", memoryBytes);
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
