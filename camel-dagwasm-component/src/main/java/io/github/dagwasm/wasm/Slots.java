package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.SandboxFullException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The slots of one processor. A call takes one, and has it alone until it gives it back; what room
 * a slot has in the sandbox it keeps while it is idle, so that a call that finds an idle one
 * neither waits nor takes a lock. Safe for use by any number of threads.
 *
 * <p>Nobody waits in vain: who finds no room says so first and then looks for what is idle; who is
 * done with a slot makes it idle first and then looks whether anybody said so. One of the two sees
 * the other.
 */
final class Slots implements Tenant, AutoCloseable {

    private final GuestStart start;
    private final Sandbox sandbox;
    private final long logBytes;
    private final IdleSlots idle = new IdleSlots();

    /** What an attempt needed at least that did not get it; calls alike will need as much. */
    private final AtomicLong mostMissed = new AtomicLong();

    private volatile boolean closed;

    /**
     * None yet.
     *
     * @param start how the guest of each begins
     * @param sandbox where their room comes from
     * @param logBytes how many bytes one call may log
     */
    Slots(GuestStart start, Sandbox sandbox, long logBytes) {
        this.start = start;
        this.sandbox = sandbox;
        this.logBytes = logBytes;
        sandbox.register(this);
    }

    /**
     * Takes a slot: an idle one, or one with new room.
     *
     * @param call who asks; it waits no longer than it has time
     * @throws SandboxFullException if there is no room within the time to wait
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Slot take(GuestCall call) throws InterruptedException {
        Optional<Slot> kept = idle.poll();
        return kept.isPresent() ? kept.get() : enter(0, patience(), call);
    }

    /** How long a call waits for room in all, in nanoseconds. */
    long patience() {
        return sandbox.bounds().patience().toNanos();
    }

    /**
     * Takes a slot for a call whose attempt could not grow for want of room. Nothing of that
     * attempt is left: it gave all its room back before this one waits for more. Guests are set
     * back to the same beginning, so nobody can tell how many attempts there were.
     *
     * @param missed what the attempt would have needed, in bytes
     * @param nanos how long to wait
     * @throws SandboxFullException if there is no room within the time to wait
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Slot again(GuestCall call, long missed, long nanos) throws InterruptedException {
        long needed = mostMissed.accumulateAndGet(missed, Math::max);
        return enter(needed - start.initialBytes(), nanos, call);
    }

    private Slot enter(long advance, long nanos, GuestCall call) throws InterruptedException {
        Slot fresh = new Slot(this, sandbox, start, logBytes, advance);
        // What the sandbox hands on instead was one of these.
        return (Slot) sandbox.enter(fresh, Math.min(nanos, call.remainingNanos()));
    }

    /** Gives a slot back, for any call to take. One that is not fit for that is closed instead. */
    void release(Slot slot) {
        if (wanted()) {
            sandbox.pass(slot);
        } else if (!idle.offer(slot)) {
            slot.close();
        } else if (wanted()) {
            idle.poll().ifPresent(one -> sandbox.pass(one));
        }
    }

    private boolean wanted() {
        return closed || sandbox.wanted();
    }

    @Override
    public Optional<Slot> pollIdle() {
        return idle.poll();
    }

    @Override
    public boolean keepIdle(Share share) {
        return idle.offer((Slot) share);
    }

    @Override
    public int idle() {
        return idle.count();
    }

    @Override
    public long forget() {
        return start.forget();
    }

    /** Drops what is idle; what calls still have is dropped when they give it back. */
    @Override
    public void close() {
        sandbox.unregister(this);
        closed = true;
        Optional<Slot> left = idle.poll();
        while (left.isPresent()) {
            left.get().close();
            left = idle.poll();
        }
        start.close();
    }
}
