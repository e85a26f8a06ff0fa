package io.github.dagwasm.wasm;

import java.util.function.LongSupplier;

/**
 * How many lines a module's guests may log in a second, all calls together. Safe for use by any
 * number of threads.
 */
final class LogRate {

    private static final int LINES = 200;
    private static final long SECOND = 1_000_000_000L;

    private final int lines;
    private final LongSupplier nanoTime;

    private long windowStart;
    private int taken;
    private long suppressed;

    LogRate(int lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        windowStart = nanoTime.getAsLong();
    }

    static LogRate perSecond() {
        return new LogRate(LINES, System::nanoTime);
    }

    int lines() {
        return lines;
    }

    /** Whether one more line may be logged now; where not, it is counted. */
    synchronized boolean take() {
        openWindow();
        if (taken < lines) {
            taken++;
            return true;
        }
        suppressed++;
        return false;
    }

    /**
     * How many lines were suppressed and not told of yet: once a second, so that the telling does
     * not become the flood.
     */
    synchronized long takeSuppressed() {
        openWindow();
        return taken == lines ? 0 : takeAllSuppressed();
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
            taken = 0;
        }
    }
}
