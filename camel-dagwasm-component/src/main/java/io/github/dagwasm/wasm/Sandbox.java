package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.SandboxFullException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Room that all guests of a backend share: so many instances, so much memory. A call enters with
 * the room that its instance begins with, and waits for that if need be, in the order of arrival;
 * its instance takes more while it grows; the call gives everything back when it leaves. Its
 * processor may keep the instance for another call: then its room stays taken, until another call
 * needs it. Safe for use by any number of threads.
 *
 * <p>No deadlock is possible: a call waits only while it has nothing. Growth never waits: it goes
 * ahead of the calls that wait to enter, and where there is no room it ends the attempt. The call
 * then gives back all that it has, waits in the queue for as much as it needs, and begins anew
 * ({@link Slots#again}). The lock is held for a few comparisons at a time and is no monitor, so
 * that a virtual thread that waits keeps no carrier.
 */
final class Sandbox {

    private final SandboxBounds bounds;
    private final QuotaNames names;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private final Set<Tenant> tenants = new LinkedHashSet<>();

    /** How many look for room or wait for it; written under the lock. */
    private final AtomicInteger looking = new AtomicInteger();

    /** How many shares of a tenant are taken, where there are any; guarded by the lock. */
    private final Map<Tenant, Integer> open = new HashMap<>();

    private int instances;
    private long bytes;

    Sandbox(SandboxBounds bounds) {
        this(bounds, QuotaNames.OWN);
    }

    Sandbox(SandboxBounds bounds, QuotaNames names) {
        this.bounds = bounds;
        this.names = names;
        // A guest brings it up where the stack ends; its classes are to be there by then.
        var unused = noRoom(0, "");
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

    private long memoryBytes() {
        lock.lock();
        try {
            return bytes;
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
     * @param fresh what the call is to have, no more than there is in all
     * @param mostNanos how long to wait at most, where that is less than the bounds say
     * @return what the call has: the fresh one, or one that the tenant has kept
     * @throws SandboxFullException if there is no room within the time to wait
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Share enter(Share fresh, long mostNanos) throws InterruptedException {
        lock.lock();
        try {
            looking.incrementAndGet();
            Optional<? extends Share> found = waiting.isEmpty() ? find(fresh) : Optional.empty();
            return found.isPresent()
                    ? found.get()
                    : await(new Waiter(fresh, lock.newCondition()), mostNanos);
        } finally {
            looking.decrementAndGet();
            lock.unlock();
        }
    }

    private Optional<? extends Share> find(Share fresh) {
        Optional<? extends Share> kept =
                fresh.canBeKept() ? fresh.tenant().pollIdle() : Optional.empty();
        if (kept.isPresent()) {
            return kept;
        }
        reclaim(fresh.instances(), fresh.held());
        if (!fits(fresh.instances(), fresh.held())) {
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
            // An instance that a call has may have the image too: then to forget it frees nothing.
            if (!open.containsKey(tenant)) {
                bytes -= tenant.forget();
            }
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

    private Share await(Waiter waiter, long mostNanos) throws InterruptedException {
        long most = Math.max(0, Math.min(bounds.patience().toNanos(), mostNanos));
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
            pass(waiter.granted.get());
        } else {
            waiting.remove(waiter);
            grant();
        }
    }

    /**
     * Takes what a call is done with: it goes to the first that waits if that is a call of the same
     * tenant; else its room does; and if nobody waits, the tenant keeps it.
     */
    void pass(Share share) {
        lock.lock();
        try {
            Tenant tenant = share.tenant();
            Waiter first = waiting.peek();
            if (first != null && first.takes(share)) {
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
        while (!waiting.isEmpty() && waiting.peek().fits()) {
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
        share.opens();
        open.merge(share.tenant(), 1, Integer::sum);
        instances += share.instances();
        bytes += share.held();
    }

    private void drop(Share share) {
        if (share.closes()) {
            open.computeIfPresent(share.tenant(), (tenant, of) -> of == 1 ? null : of - 1);
            instances -= share.instances();
            bytes -= share.held();
        }
    }

    private SandboxFullException full(Waiter waiter, Duration waited) {
        if (instances + waiter.fresh.instances() > bounds.instances()) {
            return new SandboxFullException(
                    "instances", bounds.instances(), instances, 1, waited, names.instances());
        }
        return new SandboxFullException(
                "memory bytes",
                bounds.memoryBytes(),
                bytes,
                askedUpTo(waiter),
                waited,
                names.memory());
    }

    /** What fits itself may stand behind what does not. */
    private long askedUpTo(Waiter waiter) {
        long asked = 0;
        for (Waiter each : waiting) {
            asked += each.fresh.held();
            if (each == waiter) {
                break;
            }
        }
        return asked;
    }

    /**
     * Takes memory for an instance that grows, without waiting.
     *
     * @param more how many bytes
     * @param drops whether to drop for it what is kept for calls to come
     * @return whether there is room for it
     */
    boolean grow(long more, boolean drops) {
        // A guest asks for it, from where it likes: the lock is to be given back there too.
        StackReserve.require();
        lock.lock();
        try {
            if (drops) {
                reclaim(0, more);
            }
            boolean fits = fits(0, more);
            bytes += fits ? more : 0;
            // Of what was dropped some may be left.
            grant();
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a share out, and gives its room to others; further calls do nothing. */
    void leave(Share share) {
        lock.lock();
        try {
            drop(share);
            grant();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the failure of a call that grows by more than there is.
     *
     * @param more how many bytes it asked for
     * @param why why it does not wait
     */
    SandboxFullException noRoom(long more, String why) {
        StackReserve.require();
        return SandboxFullException.whileRunning(
                "memory bytes", bounds.memoryBytes(), memoryBytes(), more, why, names.memory());
    }

    /** Returns the failure of a call for which the JVM found no room in its heap. */
    SandboxFullException heapSpent(OutOfMemoryError cause) {
        return SandboxFullException.heapSpent(
                bounds.memoryBytes(), memoryBytes(), names.memory(), cause);
    }

    /** A call that waits; guarded by the lock. */
    private final class Waiter {

        private final Share fresh;
        private final Condition room;
        private Optional<Share> granted = Optional.empty();

        Waiter(Share fresh, Condition room) {
            this.fresh = fresh;
            this.room = room;
        }

        boolean fits() {
            return Sandbox.this.fits(fresh.instances(), fresh.held());
        }

        /** Whether it can do with what another call of its tenant is done with. */
        boolean takes(Share share) {
            return share.tenant() == fresh.tenant() && fresh.canBeKept();
        }

        /** What may fail comes first, so that nobody who waits is lost where the heap ends. */
        void grant(Share share) {
            granted = Optional.of(share);
            room.signal();
        }
    }
}
