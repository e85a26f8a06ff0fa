package io.github.dagwasm.wasm.engine;

/**
 * What a call may spend: whatever its guest does in it is charged.
 *
 * @param fuel units; one is a branch back to the beginning of a loop, a call, or 4 KiB of bulk work
 * @param deadline when time is up, as {@link System#nanoTime()} counts
 */
public record Spending(long fuel, long deadline) {

    /** As much fuel as there is. */
    public static final long UNLIMITED_FUEL = Long.MAX_VALUE;

    /** A century is as good as for ever, and differences of the clock's values do not overflow. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;

    /**
     * Begins now.
     *
     * @param fuel units, or {@link #UNLIMITED_FUEL}
     * @param nanos how long the call may take; {@link Long#MAX_VALUE} for ever
     * @return what may be spent
     */
    public static Spending of(long fuel, long nanos) {
        return new Spending(fuel, System.nanoTime() + Math.min(nanos, LONGEST_NANOS));
    }
}
