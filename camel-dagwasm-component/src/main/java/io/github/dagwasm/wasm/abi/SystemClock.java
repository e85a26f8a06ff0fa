package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.wasm.engine.WasiClock;
import java.time.Instant;

/** The machine's clock. Stateless. */
final class SystemClock implements WasiClock {

    private static final long NANOS = 1_000_000_000L;

    @Override
    public long timeOfDay() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS + now.getNano();
    }

    @Override
    public long monotonic() {
        return System.nanoTime();
    }

    @Override
    public void looked() {
        // The time goes by itself.
    }

    @Override
    public boolean runs() {
        return true;
    }

    @Override
    public void skip(long nanos) {
        throw new IllegalStateException("the time goes by itself");
    }
}
