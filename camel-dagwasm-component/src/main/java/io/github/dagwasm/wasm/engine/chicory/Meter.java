package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import io.github.dagwasm.wasm.engine.Spending;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;

/**
 * What an instance has spent of what it may spend. All that a guest can spend time with is charged
 * here, and where it is charged, the clock and the thread's interrupt flag are looked at now and
 * then. Used by one thread, that of the instance.
 *
 * <p>Compiled code counts by itself, in an object of the {@link CountClass}: it is handed a slice
 * of the fuel, takes a unit off for each tick, and asks here for the next slice. So what was used
 * is what was handed out, less what is left there.
 */
final class Meter implements IntUnaryOperator {

    /** What compiled code asks with for the next slice, because it needs one unit more. */
    static final int TICKS = 0;

    /** What it asks with where it has gone far without a tick. */
    static final int PAUSES = 1;

    /** How many bytes of bulk work make one unit of fuel. */
    static final int UNIT_BYTES = 4096;

    /** How many pauses compiled code makes between two looks at the clock. */
    private static final int PAUSES_BETWEEN = 64;

    /** How many units of bulk work lie between two looks at the clock, at least. */
    private static final int UNITS_BETWEEN = 16;

    private final SliceSizes sizes;
    // Not the Spending itself: a reference that is stored for each call costs the garbage
    // collector's
    // bookkeeping, which threads share.
    private long fuel;
    private long deadline;
    private IntSupplier left;
    private IntConsumer setLeft;

    /** Never more than there is. */
    private long handedOut;

    private int size;
    private boolean timed;
    private long began;
    private long bytes;
    private long units;

    /**
     * Makes a meter.
     *
     * @param spending what may be spent
     * @param sizes how much compiled code counts by itself
     */
    Meter(Spending spending, SliceSizes sizes) {
        this.sizes = sizes;
        NoCode none = new NoCode();
        left = none;
        setLeft = none;
        begin(spending);
    }

    Meter(Spending spending) {
        this(spending, SliceSizes.USUAL);
    }

    /**
     * Hands over to where compiled code counts.
     *
     * @param counterLeft tells how many units are left there
     * @param setCounterLeft changes that
     */
    void count(IntSupplier counterLeft, IntConsumer setCounterLeft) {
        setCounterLeft.accept(left.getAsInt());
        left = counterLeft;
        setLeft = setCounterLeft;
    }

    /** Begins anew. */
    void begin(Spending anew) {
        fuel = anew.fuel();
        deadline = anew.deadline();
        size = sizes.first();
        timed = false;
        bytes = 0;
        units = 0;
        handedOut = Math.min(size, fuel);
        setLeft.accept((int) handedOut);
    }

    /** How many units there are in all. */
    long fuel() {
        return fuel;
    }

    /** How many units were charged, exactly. */
    long used() {
        return handedOut - Math.max(0, left.getAsInt());
    }

    /**
     * Charges bulk work that is about to be done: one unit for every {@value #UNIT_BYTES} bytes
     * since the meter {@linkplain #begin began}, however many instructions they are of.
     *
     * @param more how many bytes, at most a MiB, after which the clock is to be looked at again
     */
    void bulk(long more) {
        bytes += more;
        if (bytes >= UNIT_BYTES) {
            long whole = bytes / UNIT_BYTES;
            bytes %= UNIT_BYTES;
            charge(whole);
        }
    }

    /**
     * Charges work that is about to be done.
     *
     * @param more units of fuel, of which each takes about as long as {@value #UNIT_BYTES} bytes of
     *     bulk work
     */
    void charge(long more) {
        take(more);
        heedInterrupt();
        units += more;
        if (units >= UNITS_BETWEEN) {
            units = 0;
            heedDeadline(System.nanoTime());
        }
    }

    private void take(long more) {
        long free = fuel - handedOut;
        if (more <= free) {
            handedOut += more;
            return;
        }
        long rest = Math.max(0, left.getAsInt()) - (more - free);
        handedOut = fuel;
        setLeft.accept((int) Math.max(0, rest));
        if (rest < 0) {
            throw SpentException.ofFuel();
        }
    }

    /**
     * Ends the guest if its thread is interrupted, or if time is up. The flag stays set, as it does
     * where Chicory looks.
     *
     * @throws ChicoryInterruptedException if it is
     * @throws SpentException if time is up
     */
    void look() {
        heedInterrupt();
        heedDeadline(System.nanoTime());
    }

    /**
     * What compiled code may do without asking again.
     *
     * @param what {@link #TICKS}, of which one is taken off already, or {@link #PAUSES}
     * @return how many of them are left
     */
    @Override
    public int applyAsInt(int what) {
        if (what == PAUSES) {
            look();
            return PAUSES_BETWEEN;
        }
        long free = fuel - handedOut;
        if (free == 0) {
            throw SpentException.ofFuel();
        }
        heedInterrupt();
        long now = System.nanoTime();
        heedDeadline(now);
        if (timed) {
            size = sizes.next(size, now - began);
        }
        timed = true;
        began = now;
        int slice = (int) Math.min(size, free);
        handedOut += slice;
        return slice - 1;
    }

    private static void heedInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("interrupted");
        }
    }

    private void heedDeadline(long now) {
        if (now - deadline >= 0) {
            throw SpentException.ofTime();
        }
    }

    /**
     * Ends the guest also if time is sure to be up at the end of something that nothing stops.
     *
     * @param nanos what it takes at the least
     * @throws SpentException if time is up by then
     */
    void lookAhead(long nanos) {
        look();
        if (System.nanoTime() + nanos - deadline >= 0) {
            throw SpentException.ofTime();
        }
    }

    /**
     * Waits, at most until the guest is to end.
     *
     * @param nanos how long, not negative
     * @throws ChicoryInterruptedException if the thread is interrupted, before or meanwhile
     * @throws SpentException if time is up
     */
    void sleep(long nanos) {
        long from = System.nanoTime();
        long slept = 0;
        while (slept < nanos) {
            look();
            long now = System.nanoTime();
            slept = now - from;
            LockSupport.parkNanos(Math.min(nanos - slept, deadline - now));
        }
        look();
    }

    /** Keeps what is left as long as there is no compiled code. */
    private static final class NoCode implements IntSupplier, IntConsumer {

        private int left;

        @Override
        public int getAsInt() {
            return left;
        }

        @Override
        public void accept(int value) {
            left = value;
        }
    }
}
