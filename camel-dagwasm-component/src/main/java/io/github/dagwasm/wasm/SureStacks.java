package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of a backend whose stacks are sure to hold what a guest may open. A call moves to one if
 * its guest may have more stack than every thread has, or if the caller's stack ended before the
 * guest's share of it was spent. The caller waits meanwhile; nothing but the guest's own code runs
 * on the other thread. Safe for use by any number of threads.
 *
 * <p>A call needs an instance first, so there are never more such threads than instances; idle ones
 * end after {@value #IDLE_SECONDS} seconds. Of a stack's size the system reserves addresses; it
 * gives memory for what is used.
 */
final class SureStacks implements AutoCloseable {

    /** What the stack of every thread holds of a guest's frames, beside those of its caller. */
    private static final long EVERY_THREAD = GuestLimits.DEFAULTS.stackBytes();

    /**
     * How many times the guest's share a stack is large. The sizes of frames are estimates, and
     * C2's are the larger the more functions it puts into one: the worst that was measured is a
     * fraction of this.
     */
    private static final int TIMES = 16;

    /** What the host's functions and the JVM itself need beside. */
    private static final long BESIDE = 1L << 20;

    private static final long IDLE_SECONDS = 10;

    private final Map<Long, ThreadPoolExecutor> pools = new HashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private boolean closed;

    /**
     * Bytes of memory to set aside for a guest's stack, as its call moves at once.
     *
     * @param stackBytes the guest's limit
     * @return the limit, or 0 if every thread's stack holds it
     */
    static long ownBytes(long stackBytes) {
        return stackBytes > EVERY_THREAD ? stackBytes : 0;
    }

    /** How many threads there are. */
    synchronized int threads() {
        return pools.values().stream().mapToInt(ThreadPoolExecutor::getPoolSize).sum();
    }

    /**
     * Runs something on a thread whose stack is sure to suffice, and waits for its end. An
     * interrupt of the caller is passed on, and waits for the end as well.
     *
     * @param stackBytes what the guest's frames may take
     * @throws InterruptedException if the work ended so
     */
    <T> T call(long stackBytes, Callable<T> work) throws InterruptedException {
        StackReserve.requireToHandOver();
        MovedCall<T> moved = new MovedCall<>(work);
        try {
            pool(stackBytes).execute(moved);
        } catch (RejectedExecutionException e) {
            throw new TrapException(
                    "the call needs a stack of its own, but its pipeline is closed", e);
        } catch (OutOfMemoryError e) {
            throw new TrapException(
                    "the JVM could not make a thread with a stack of "
                            + (size(stackBytes) >> 20)
                            + " MiB, which the call needs to be sure of its limits.stack_kb",
                    e);
        }
        return moved.await();
    }

    private synchronized ThreadPoolExecutor pool(long stackBytes) {
        if (closed) {
            throw new RejectedExecutionException();
        }
        return pools.computeIfAbsent(size(stackBytes), this::newPool);
    }

    /** Powers of two, so that there are few sizes. */
    private static long size(long stackBytes) {
        return Long.highestOneBit(stackBytes * TIMES + BESIDE - 1) << 1;
    }

    private ThreadPoolExecutor newPool(long size) {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    String name = "dagwasm-stack-" + made.incrementAndGet();
                    Thread thread = new Thread(null, task, name, size, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(SureStacks.class.getClassLoader());
                    return thread;
                });
    }

    /** Lets no call begin any more; those under way end by themselves. */
    @Override
    public synchronized void close() {
        closed = true;
        pools.values().forEach(ThreadPoolExecutor::shutdown);
    }
}
