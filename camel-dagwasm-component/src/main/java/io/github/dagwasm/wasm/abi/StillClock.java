package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.wasm.engine.WasiClock;

/**
 * A clock that tells nothing of the machine's time. Every call begins with the year 2000, UTC. The
 * clock moves by what the guest sleeps, and a little with each look, so that a guest that waits for
 * some time finds that the time has come. Its times are the same in every call. For one thread at a
 * time.
 */
final class StillClock implements WasiClock {

    /** 2000-01-01T00:00:00Z. */
    private static final long FIRST_DAY = 946_684_800_000_000_000L;

    /** Not 0: runtimes take a monotonic clock that says 0 for broken. */
    private static final long FIRST_MOMENT = 1_000_000_000L;

    /**
     * How much earlier an instance begins than the calls that it answers. What it remembers of its
     * beginning is then no later than what a call sees, whether it slept meanwhile or not.
     */
    private static final long BEFORE = 3_600_000_000_000L;

    /** What one look takes: a microsecond. */
    private static final long LOOK = 1000;

    /** Far from where numbers end. */
    private static final long LATEST = Long.MAX_VALUE / 2 - FIRST_DAY;

    /** Since the first call began, in nanoseconds; negative where an instance begins. */
    private long gone;

    @Override
    public long timeOfDay() {
        return FIRST_DAY + gone;
    }

    @Override
    public long monotonic() {
        return FIRST_MOMENT + BEFORE + gone;
    }

    @Override
    public void looked() {
        skip(LOOK);
    }

    @Override
    public boolean runs() {
        return false;
    }

    @Override
    public void skip(long nanos) {
        gone = nanos > LATEST - gone ? LATEST : gone + nanos;
    }

    /** Goes to where instances begin. */
    void beginInstance() {
        gone = -BEFORE;
    }

    /** Goes to where calls begin. */
    void beginCall() {
        gone = 0;
    }
}
