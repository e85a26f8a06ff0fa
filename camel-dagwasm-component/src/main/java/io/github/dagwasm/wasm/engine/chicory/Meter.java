package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import io.github.dagwasm.wasm.engine.Spending;

/**
 * What an instance has spent of what it may spend. All that a guest can spend time with is charged
 * here, and where it is charged, the clock and the thread's interrupt flag are looked at now and
 * then. Used by one thread, that of the instance.
 */
final class Meter {

    private Spending spending;
    private long used;

    Meter(Spending spending) {
        this.spending = spending;
    }

    /** Begins anew. */
    void begin(Spending anew) {
        spending = anew;
        used = 0;
    }

    /** How many units there are in all. */
    long fuel() {
        return spending.fuel();
    }

    /** How many units were charged. */
    long used() {
        return used;
    }

    /**
     * Charges work done by one instruction.
     *
     * @param units of fuel
     */
    void charge(long units) {
        used += units;
        if (used > spending.fuel()) {
            throw SpentException.ofFuel();
        }
        look();
    }

    /**
     * Ends the guest if its thread is interrupted, or if time is up. The flag stays set, as it does
     * where Chicory looks.
     *
     * @throws ChicoryInterruptedException if it is
     * @throws SpentException if time is up
     */
    void look() {
        if (Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("interrupted");
        }
        if (System.nanoTime() - spending.deadline() >= 0) {
            throw SpentException.ofTime();
        }
    }
}
