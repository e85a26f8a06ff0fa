package io.github.dagwasm.examples.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds of the bodies that are on their way, and the room that these take. Safe for use by any
 * number of threads.
 */
final class Arrivals {

    /** How long a body may take that has no bytes at all. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long maxBytes;
    private final long minBytesPerSecond;
    private final int maxBodies;
    private final long maxWaitingBytes;
    private final AtomicInteger bodies = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();

    /**
     * The bounds.
     *
     * @param maxBytes the largest body
     * @param minBytesPerSecond how fast each must come, after five seconds
     * @param maxBodies how many may be on their way
     * @param maxWaitingBytes how many bytes of all these may have come
     */
    Arrivals(long maxBytes, long minBytesPerSecond, int maxBodies, long maxWaitingBytes) {
        this.maxBytes = maxBytes;
        this.minBytesPerSecond = minBytesPerSecond;
        this.maxBodies = maxBodies;
        this.maxWaitingBytes = maxWaitingBytes;
    }

    boolean isTooLarge(long bytes) {
        return bytes > maxBytes;
    }

    /** Makes room for a body; false if there are enough. */
    boolean enter() {
        if (bodies.incrementAndGet() > maxBodies) {
            bodies.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Makes room for bytes; false if there are enough. */
    boolean hold(long bytes) {
        if (waitingBytes.addAndGet(bytes) > maxWaitingBytes) {
            waitingBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives back the room of a body and its bytes. */
    void leave(long bytes) {
        waitingBytes.addAndGet(-bytes);
        bodies.decrementAndGet();
    }

    /** How long a body of so many bytes may take, in nanoseconds. */
    long nanosFor(long bytes) {
        return GRACE_NANOS + TimeUnit.SECONDS.toNanos(bytes) / minBytesPerSecond;
    }
}
