package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.SandboxFullException;
import java.util.Optional;

/**
 * The slots of one processor. A call takes one, and has it alone until it gives it back; what room
 * a slot has in the sandbox it keeps while it is idle, so that a call that finds an idle one
 * neither waits nor takes a lock. Safe for use by any number of threads.
 *
 * <p>Nobody waits in vain: who finds no room says so first and then looks for what is idle; who is
 * done with a slot makes it idle first and then looks whether anybody said so. One of the two sees
 * the other.
 */
final class Slots implements Sandbox.Tenant, AutoCloseable {

    private final GuestStart start;
    private final Sandbox sandbox;
    private final long logBytes;
    private final IdleSlots idle = new IdleSlots();
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
    Slot take(ProcessorCall call) throws InterruptedException {
        Optional<Slot> kept = idle.poll();
        return kept.isPresent() ? kept.get() : enter(call.remainingNanos());
    }

    private Slot enter(long remainingNanos) throws InterruptedException {
        Slot fresh = new Slot(sandbox, start, logBytes);
        // What the sandbox hands on instead was one of these.
        return (Slot) sandbox.enter(this, fresh, remainingNanos);
    }

    /** Gives a slot back, for any call to take. One that is not fit for that is closed instead. */
    void release(Slot slot) {
        if (wanted()) {
            sandbox.pass(this, slot);
        } else if (!idle.offer(slot)) {
            slot.close();
        } else if (wanted()) {
            idle.poll().ifPresent(one -> sandbox.pass(this, one));
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
    public boolean keepIdle(Sandbox.Share share) {
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
