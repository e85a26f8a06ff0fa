package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.SandboxFullException;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The room that all guests of a backend have together: so many instances, so much memory. A call
 * enters with what its instance begins with, and waits for that if need be, in the order of
 * arrival; it takes what the instance grows by without waiting; it gives everything back when it
 * leaves. Its processor may keep the instance for another call: then its room stays taken, until
 * somebody else needs it. Safe for use by any number of threads.
 *
 * <p>No deadlock is possible: a call waits only before it has anything, and one that has something
 * waits for nobody, neither here nor for a thread, and ends by its own deadline. For the same
 * reason growth goes ahead of those that wait: it helps who has something to be done with it. The
 * lock is held for a few comparisons at a time and is no monitor, so that a virtual thread that
 * waits keeps no carrier.
 */
final class Sandbox {

    /** Who keeps instances that no call uses; for any thread, without a lock. */
    interface Tenant {

        /** Takes one out. */
        Optional<? extends Share> pollIdle();

        /** Puts one of the tenant's own in; false if there are enough. */
        boolean keepIdle(Share share);

        /** How many there are. */
        int idle();

        /**
         * Forgets what all its calls begin with; it is made again when one needs it.
         *
         * @return how many bytes of what it {@linkplain Sandbox#hold holds} that was
         */
        long forget();
    }

    private final SandboxBounds bounds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private final Set<Tenant> tenants = new LinkedHashSet<>();

    /** How many look for room or wait for it; written under the lock. */
    private final AtomicInteger looking = new AtomicInteger();

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
            int idle = tenants.stream().mapToInt(Tenant::idle).sum();
            // They may move from place to place while they are counted.
            return new SandboxUse(instances, bytes, waiting.size(), Math.min(idle, instances));
        } finally {
            lock.unlock();
        }
    }

    /** Lets what a tenant keeps be dropped when somebody needs the room. */
    void register(Tenant tenant) {
        lock.lock();
        try {
            tenants.add(tenant);
        } finally {
            lock.unlock();
        }
    }

    /** The tenant keeps nothing any more. */
    void unregister(Tenant tenant) {
        lock.lock();
        try {
            tenants.remove(tenant);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a call looks for room, or waits: who is done with some then passes it on. */
    boolean wanted() {
        return looking.get() > 0;
    }

    /**
     * Lets a call in.
     *
     * @param tenant whose call it is
     * @param fresh what the call is to have, no more than there is in all
     * @param remainingNanos the time that the call has left
     * @return what the call has: the fresh one, or one that the tenant has kept
     * @throws SandboxFullException if there is no room within the time to wait
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Share enter(Tenant tenant, Share fresh, long remainingNanos) throws InterruptedException {
        lock.lock();
        try {
            looking.incrementAndGet();
            Optional<? extends Share> found =
                    waiting.isEmpty() ? find(tenant, fresh) : Optional.empty();
            return found.isPresent()
                    ? found.get()
                    : await(new Waiter(tenant, fresh, lock.newCondition()), remainingNanos);
        } finally {
            looking.decrementAndGet();
            lock.unlock();
        }
    }

    private Optional<? extends Share> find(Tenant tenant, Share fresh) {
        Optional<? extends Share> kept = tenant.pollIdle();
        if (kept.isPresent()) {
            return kept;
        }
        reclaim(1, fresh.held);
        if (!fits(1, fresh.held)) {
            return Optional.empty();
        }
        take(fresh);
        return Optional.of(fresh);
    }

    /** Drops what is kept for calls to come, until something fits. */
    private void reclaim(int newInstances, long newBytes) {
        for (Tenant tenant : tenants) {
            while (!fits(newInstances, newBytes)) {
                Optional<? extends Share> idle = tenant.pollIdle();
                if (idle.isEmpty()) {
                    break;
                }
                drop(idle.get());
            }
        }
        for (Tenant tenant : tenants) {
            if (fits(newInstances, newBytes)) {
                return;
            }
            bytes -= tenant.forget();
        }
    }

    /**
     * Takes memory for what all calls of a tenant begin with, without waiting.
     *
     * @return whether there is room for it
     */
    boolean hold(long more) {
        lock.lock();
        try {
            reclaim(0, more);
            boolean fits = fits(0, more);
            bytes += fits ? more : 0;
            grant();
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what was {@linkplain #hold held}. */
    void release(long less) {
        lock.lock();
        try {
            bytes -= less;
            grant();
        } finally {
            lock.unlock();
        }
    }

    private Share await(Waiter waiter, long remainingNanos) throws InterruptedException {
        long most = Math.max(0, Math.min(bounds.patience().toNanos(), remainingNanos));
        long left = most;
        boolean entered = false;
        waiting.add(waiter);
        try {
            while (waiter.granted.isEmpty()) {
                if (left <= 0) {
                    throw full(waiter, Duration.ofNanos(most));
                }
                left = waiter.room.awaitNanos(left);
            }
            entered = true;
            return waiter.granted.get();
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
        if (waiter.granted.isPresent()) {
            pass(waiter.tenant, waiter.granted.get());
        } else {
            waiting.remove(waiter);
            grant();
        }
    }

    /**
     * Takes what a call is done with: it goes to the first that waits if that is a call of the same
     * tenant; else its room does; and if nobody waits, the tenant keeps it.
     */
    void pass(Tenant tenant, Share share) {
        lock.lock();
        try {
            Waiter first = waiting.peek();
            if (first != null && first.tenant == tenant) {
                first.grant(share);
                waiting.remove();
            } else if (first != null || !tenants.contains(tenant) || !tenant.keepIdle(share)) {
                drop(share);
                grant();
            }
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        while (!waiting.isEmpty() && fits(1, waiting.peek().fresh.held)) {
            Waiter next = waiting.peek();
            next.grant(next.fresh);
            take(next.fresh);
            waiting.remove();
        }
    }

    private boolean fits(int newInstances, long newBytes) {
        return newInstances <= bounds.instances() - instances
                && newBytes <= bounds.memoryBytes() - bytes;
    }

    private void take(Share share) {
        share.open = true;
        instances++;
        bytes += share.held;
    }

    private void drop(Share share) {
        if (share.open) {
            share.open = false;
            instances--;
            bytes -= share.held;
        }
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
            asked += each.fresh.held;
            if (each == waiter) {
                break;
            }
        }
        return asked;
    }

    /** What one call has, or what is kept for one; for one thread at a time. */
    static class Share implements MemoryReserve, AutoCloseable {

        private final Sandbox sandbox;
        private long held;
        private boolean open;

        /**
         * Nothing yet.
         *
         * @param sandbox where to enter with it
         * @param initialBytes what its instance begins with
         */
        Share(Sandbox sandbox, long initialBytes) {
            this.sandbox = sandbox;
            held = initialBytes;
        }

        /** How many bytes it has. */
        final long held() {
            return held;
        }

        @Override
        public final Optional<DagWasmException> take(long more) {
            return sandbox.takeMore(this, more);
        }

        @Override
        public final void give(long less) {
            sandbox.giveBack(this, less);
        }

        /** Gives back what is above a number of bytes. */
        final void keep(long most) {
            if (held > most) {
                give(held - most);
            }
        }

        /** Gives everything back; further calls do nothing. */
        @Override
        public final void close() {
            sandbox.leave(this);
        }
    }

    private Optional<DagWasmException> takeMore(Share share, long more) {
        long inUse;
        // A guest asks for it, from where it likes: the lock is to be given back there too.
        StackReserve.require();
        lock.lock();
        try {
            reclaim(0, more);
            if (fits(0, more)) {
                bytes += more;
                share.held += more;
                // Of what was reclaimed some may be left.
                grant();
                return Optional.empty();
            }
            inUse = bytes;
            grant();
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

    private void giveBack(Share share, long less) {
        lock.lock();
        try {
            bytes -= less;
            share.held -= less;
            grant();
        } finally {
            lock.unlock();
        }
    }

    private void leave(Share share) {
        lock.lock();
        try {
            drop(share);
            grant();
        } finally {
            lock.unlock();
        }
    }

    /** A call that waits; guarded by the lock. */
    private static final class Waiter {

        private final Tenant tenant;
        private final Share fresh;
        private final Condition room;
        private Optional<Share> granted = Optional.empty();

        Waiter(Tenant tenant, Share fresh, Condition room) {
            this.tenant = tenant;
            this.fresh = fresh;
            this.room = room;
        }

        /** What may fail comes first, so that nobody who waits is lost where the heap ends. */
        void grant(Share share) {
            granted = Optional.of(share);
            room.signal();
        }
    }
}
