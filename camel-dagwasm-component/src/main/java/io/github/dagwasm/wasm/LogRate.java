package io.github.dagwasm.wasm;

import java.util.function.LongSupplier;

/**
 * How much a module's guests may log in a second, all calls together: lines, and bytes of these as
 * they are shown. A second begins with the first line after the last one. Safe for use by any
 * number of threads.
 */
final class LogRate {

    static final int LINES = 200;
    static final long BYTES = 1 << 20;

    private static final long SECOND = 1_000_000_000L;

    private final int lines;
    private final long bytes;
    private final LongSupplier nanoTime;

    private long windowStart;
    private int takenLines;
    private long takenBytes;
    private boolean overflowed;
    private long suppressed;

    LogRate(int lines, long bytes, LongSupplier nanoTime) {
        this.lines = lines;
        this.bytes = bytes;
        this.nanoTime = nanoTime;
        windowStart = nanoTime.getAsLong();
    }

    static LogRate perSecond() {
        return new LogRate(LINES, BYTES, System::nanoTime);
    }

    int lines() {
        return lines;
    }

    long bytes() {
        return bytes;
    }

    /** Whether no line at all may be logged now; if so, one is counted as suppressed. */
    synchronized boolean refuses() {
        openWindow();
        boolean spent = takenLines >= lines || takenBytes >= bytes;
        if (spent) {
            suppress(1);
        }
        return spent;
    }

    /** Whether one more line of so many bytes may be logged now; if not, it is counted. */
    synchronized boolean take(long length) {
        openWindow();
        if (takenLines < lines && length <= bytes - takenBytes) {
            takenLines++;
            takenBytes += length;
            return true;
        }
        suppress(1);
        return false;
    }

    /** Counts lines that are logged in no case. */
    synchronized void suppress(long more) {
        suppressed += more;
        overflowed |= more > 0;
    }

    /**
     * How many lines were suppressed and not told of yet: once a second, so that the telling does
     * not become the flood.
     */
    synchronized long takeSuppressed() {
        openWindow();
        return overflowed ? 0 : takeAllSuppressed();
    }

    /** The same, whatever the second. */
    synchronized long takeAllSuppressed() {
        long told = suppressed;
        suppressed = 0;
        return told;
    }

    private void openWindow() {
        long now = nanoTime.getAsLong();
        if (now - windowStart >= SECOND) {
            windowStart = now;
            takenLines = 0;
            takenBytes = 0;
            overflowed = false;
        }
    }
}
