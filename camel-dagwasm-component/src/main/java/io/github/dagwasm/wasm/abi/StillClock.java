package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.wasm.engine.WasiClock;

/**
 * A clock that stands still at the beginning of the year 2000, UTC, but for what its guest has
 * slept: a guest that waits until some time finds that it has come. For one thread at a time.
 */
final class FrozenClock implements WasiClock {

    /** 2000-01-01T00:00:00Z. */
    private static final long BEGINNING = 946_684_800_000_000_000L;

    /** Far from where numbers end. */
    private static final long LATEST = Long.MAX_VALUE / 2 - BEGINNING;

    private long slept;

    @Override
    public long timeOfDay() {
        return BEGINNING + slept;
    }

    @Override
    public long monotonic() {
        return slept;
    }

    @Override
    public boolean runs() {
        return false;
    }

    @Override
    public void skip(long nanos) {
        slept = nanos > LATEST - slept ? LATEST : slept + nanos;
    }

    /** Begins anew. */
    void clear() {
        slept = 0;
    }
}
