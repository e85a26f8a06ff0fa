package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.abi.GuestInput;

/** One call of a guest: its input, its time, and where to report the fuel that it used. */
interface GuestCall extends GuestInput {

    /**
     * The time until the call is stopped.
     *
     * @return nanoseconds, not positive if the time is up, {@link Long#MAX_VALUE} without a
     *     deadline
     */
    long remainingNanos();

    /**
     * The moment at which the call is stopped.
     *
     * @return the time as {@link System#nanoTime()} counts, to be compared by its difference;
     *     {@link Long#MAX_VALUE} without a deadline
     */
    long deadlineNanos();

    /**
     * Reports the fuel that the call has used. Called before the call returns or throws; if it is
     * called several times, the last report counts.
     *
     * @param units the fuel, not negative
     */
    void usedFuel(long units);

    /**
     * Room of the message's texts, which takes over the room of the answer.
     *
     * @return the room, {@link TextLease#FREE} if nobody counts the message's texts
     */
    TextLease texts();
}
