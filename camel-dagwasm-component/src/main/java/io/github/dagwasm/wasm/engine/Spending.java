package io.github.dagwasm.wasm.engine;

/**
 * What a call may spend: whatever its guest does in it is charged, always the same for the same
 * work.
 *
 * <p>One unit of fuel is a branch taken back to the beginning of a loop, one of a {@code br_table}
 * or of a caught exception too; or a call by an instruction, of a function of the guest or the
 * host, also one by reference that traps; or 4 KiB of bulk work, summed over all instructions for
 * memory and tables, of which an entry counts as 4 bytes, and all that host functions copy. Growth
 * counts by what it adds, and nothing where it is refused.
 *
 * @param fuel units
 * @param deadline when time is up, as {@link System#nanoTime()} counts
 */
public record Spending(long fuel, long deadline) {

    /** As much fuel as there is. */
    public static final long UNLIMITED_FUEL = Long.MAX_VALUE;

    /** A century is as good as for ever, and differences of the clock's values do not overflow. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;

    /**
     * A time that does not come while this JVM runs: whoever has for ever need not ask the clock.
     */
    private static final long NEVER = System.nanoTime() + LONGEST_NANOS;

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

    /**
     * Ends at a time that is known.
     *
     * @param fuel units, or {@link #UNLIMITED_FUEL}
     * @param deadline when time is up, as {@link System#nanoTime()} counts; {@link Long#MAX_VALUE}
     *     for never
     * @return what may be spent
     */
    public static Spending until(long fuel, long deadline) {
        return new Spending(fuel, deadline == Long.MAX_VALUE ? NEVER : deadline);
    }
}
