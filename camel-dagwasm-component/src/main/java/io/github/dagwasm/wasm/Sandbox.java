package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.SandboxFullException;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The room that all guests of a backend have together: so many instances, so much memory. A call
 * enters with what its instance begins with, and waits for that if need be, in the order of
 * arrival; it takes what the instance grows by without waiting; it gives everything back when it
 * leaves. Safe for use by any number of threads.
 *
 * <p>No deadlock is possible: a call waits only before it has anything, and one that has something
 * waits for nobody, neither here nor for a thread, and ends by its own deadline. For the same
 * reason growth goes ahead of those that wait: it helps who has something to be done with it. The
 * lock is held for a few comparisons at a time and is no monitor, so that a virtual thread that
 * waits keeps no carrier.
 */
final class Sandbox {

    private final SandboxBounds bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int instances;
    private long bytes;

    Sandbox(SandboxBounds bounds) {
        this.bounds = bounds;
    }

    SandboxBounds bounds() {
        return bounds;
    }

    /** What is in use now. */
    SandboxUse use() {
        lock.lock();
        try {
            return new SandboxUse(instances, bytes, waiting.size());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets a call in.
     *
     * @param initialBytes what its instance begins with, no more than there is in all
     * @param remainingNanos the time that the call has left
     * @return what the call has, to be closed when its instance is dropped
     * @throws SandboxFullException if there is no room within the time to wait
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Share enter(long initialBytes, long remainingNanos) throws InterruptedException {
        // Made first: once anything is taken, nothing may fail before there is who gives it back.
        Share share = new Share(initialBytes);
        lock.lock();
        try {
            if (waiting.isEmpty() && fits(initialBytes)) {
                take(initialBytes);
            } else {
                await(new Waiter(initialBytes, lock.newCondition()), remainingNanos);
            }
        } finally {
            lock.unlock();
        }
        return share;
    }

    private void await(Waiter waiter, long remainingNanos) throws InterruptedException {
        long most = Math.max(0, Math.min(bounds.patience().toNanos(), remainingNanos));
        long left = most;
        boolean entered = false;
        waiting.add(waiter);
        try {
            while (!waiter.granted) {
                if (left <= 0) {
                    throw full(waiter, Duration.ofNanos(most));
                }
                left = waiter.room.awaitNanos(left);
            }
            entered = true;
        } finally {
            if (!entered) {
                leaveQueue(waiter);
            }
        }
    }

    /**
     * An interrupt may come after the room was granted; and who leaves may have been in the way.
     */
    private void leaveQueue(Waiter waiter) {
        if (waiter.granted) {
            instances--;
            bytes -= waiter.initialBytes;
        } else {
            waiting.remove(waiter);
        }
        grant();
    }

    private void grant() {
        while (!waiting.isEmpty() && fits(waiting.peek().initialBytes)) {
            Waiter next = waiting.poll();
            take(next.initialBytes);
            next.granted = true;
            next.room.signal();
        }
    }

    private boolean fits(long initialBytes) {
        return instances < bounds.instances() && initialBytes <= bounds.memoryBytes() - bytes;
    }

    private void take(long initialBytes) {
        instances++;
        bytes += initialBytes;
    }

    private SandboxFullException full(Waiter waiter, Duration waited) {
        if (instances >= bounds.instances()) {
            return new SandboxFullException(
                    "instances",
                    bounds.instances(),
                    instances,
                    1,
                    waited,
                    OptionNames.ofComponent(OptionNames.MAX_INSTANCES));
        }
        return new SandboxFullException(
                "memory bytes",
                bounds.memoryBytes(),
                bytes,
                askedUpTo(waiter),
                waited,
                OptionNames.ofComponent(OptionNames.MAX_SANDBOX_MEMORY));
    }

    /** What fits itself may stand behind what does not. */
    private long askedUpTo(Waiter waiter) {
        long asked = 0;
        for (Waiter each : waiting) {
            asked += each.initialBytes;
            if (each == waiter) {
                break;
            }
        }
        return asked;
    }

    /** What one call has; for the call's own thread. */
    final class Share implements MemoryReserve, AutoCloseable {

        private long held;
        private boolean open = true;

        private Share(long initialBytes) {
            held = initialBytes;
        }

        @Override
        public Optional<DagWasmException> take(long more) {
            long inUse;
            lock.lock();
            try {
                if (more <= bounds.memoryBytes() - bytes) {
                    bytes += more;
                    held += more;
                    return Optional.empty();
                }
                inUse = bytes;
            } finally {
                lock.unlock();
            }
            return Optional.of(
                    SandboxFullException.whileRunning(
                            "memory bytes",
                            bounds.memoryBytes(),
                            inUse,
                            more,
                            OptionNames.ofComponent(OptionNames.MAX_SANDBOX_MEMORY)));
        }

        @Override
        public void give(long less) {
            lock.lock();
            try {
                bytes -= less;
                held -= less;
                grant();
            } finally {
                lock.unlock();
            }
        }

        /** Gives everything back; further calls do nothing. */
        @Override
        public void close() {
            if (!open) {
                return;
            }
            open = false;
            lock.lock();
            try {
                instances--;
                bytes -= held;
                grant();
            } finally {
                lock.unlock();
            }
        }
    }

    /** A call that waits; guarded by the lock. */
    private static final class Waiter {

        private final long initialBytes;
        private final Condition room;
        private boolean granted;

        Waiter(long initialBytes, Condition room) {
            this.initialBytes = initialBytes;
            this.room = room;
        }
    }
}
