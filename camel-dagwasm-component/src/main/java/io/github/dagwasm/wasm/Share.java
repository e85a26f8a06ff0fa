package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.wasm.engine.MemoryReserve;

/**
 * Part of a {@link Sandbox} that one call has, or that is kept for one. A call that could not grow
 * for want of room begins anew with an advance: it draws on that first, so that it comes further
 * than the last time. For one thread at a time.
 */
class Share implements MemoryReserve, AutoCloseable {

    private final Tenant tenant;
    private final int instances;
    private final Sandbox sandbox;
    private boolean larger;
    private long held;
    private long advance;
    private long missed;
    private boolean open;

    /**
     * Nothing yet.
     *
     * @param tenant whose call it is
     * @param sandbox where to enter with it
     * @param instances how many instances it has, 1 or none
     * @param initialBytes what its instance begins with
     * @param advance what it may grow by without asking anybody
     */
    Share(Tenant tenant, Sandbox sandbox, int instances, long initialBytes, long advance) {
        this.tenant = tenant;
        this.instances = instances;
        this.sandbox = sandbox;
        this.advance = advance;
        larger = advance > 0;
        held = initialBytes + advance;
    }

    final Tenant tenant() {
        return tenant;
    }

    /** How many instances it has. */
    final int instances() {
        return instances;
    }

    /** Whether what its tenant keeps for calls to come may stand in for it. */
    final boolean canBeKept() {
        return !larger;
    }

    /** How many bytes it has, the advance among them. */
    final long held() {
        return held;
    }

    /**
     * How many bytes it would have needed where it could not grow, because others have what is
     * missing; 0 if there was no such moment.
     */
    final long missed() {
        return missed;
    }

    @Override
    public final boolean tryTake(long more) {
        return takes(more, false);
    }

    @Override
    public final void take(long more) {
        if (takes(more, true)) {
            return;
        }
        long needed = held - advance + more;
        if (needed > sandbox.bounds().memoryBytes()) {
            throw sandbox.noRoom(more, "all calls together may not have so much");
        }
        missed = needed;
        throw sandbox.noRoom(more, "the attempt gave its room back");
    }

    /**
     * Takes more without waiting.
     *
     * @param drops whether to drop for it what is kept for calls to come
     * @return whether there was room
     */
    final boolean takes(long more, boolean drops) {
        long drawn = Math.min(more, advance);
        if (more > drawn && !sandbox.grow(more - drawn, drops)) {
            return false;
        }
        advance -= drawn;
        held += more - drawn;
        return true;
    }

    @Override
    public final void give(long less) {
        if (larger) {
            advance += less;
        } else {
            giveBack(less);
        }
    }

    /** Leaves what it took to somebody else, who gives it back. */
    final void handOver(long part) {
        held -= part;
    }

    /** Has from now on what another share had, which is closed. */
    final void takeOver(Share other) {
        held += other.held;
        other.held = 0;
        other.close();
    }

    /** Whether its room is part of a sandbox. */
    final boolean isOf(Sandbox other) {
        return sandbox == other;
    }

    private void giveBack(long less) {
        held -= less;
        sandbox.release(less);
    }

    /** Gives back what its instance has above a number of bytes. */
    final void keep(long most) {
        long used = held - advance;
        if (used > most) {
            give(used - most);
        }
    }

    /** Gives back what is left of the advance: the call is over. */
    final void settle() {
        if (larger) {
            larger = false;
            giveBack(advance);
            advance = 0;
        }
    }

    @Override
    public final DagWasmException heapSpent(OutOfMemoryError cause) {
        return sandbox.heapSpent(cause);
    }

    /** Tells it that its room is taken; called under the sandbox's lock. */
    final void opens() {
        open = true;
    }

    /** Tells it that its room is not taken any more; false if it was not. */
    final boolean closes() {
        boolean was = open;
        open = false;
        letGo();
        return was;
    }

    /**
     * Lets go of all memory before others get its room: the thread that gave it back may still have
     * the share on its stack, for as long as it does not run.
     */
    void letGo() {}

    /** Gives everything back; further calls do nothing. */
    @Override
    public final void close() {
        sandbox.leave(this);
    }
}
