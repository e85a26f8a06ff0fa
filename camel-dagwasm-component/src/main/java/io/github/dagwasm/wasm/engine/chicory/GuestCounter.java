package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.wasm.types.Value;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the compiled code of one instance counts, and how it reaches the {@link CountedMachine} and
 * the {@link Meter}. Never used itself: a copy of it stands beside the classes that are generated
 * from a module. Those see Chicory's classes and the JDK's, not always ours; so nothing else may be
 * named here. The methods are small, so that the JVM puts them into the code that calls them.
 */
@SuppressWarnings("unused")
final class GuestCounter implements IntSupplier, IntConsumer {

    private final IntUnaryOperator meter;

    /** What is left of the slice, and seen by generated code. */
    int ticks;

    private int pauses;

    // Another thread's counter is not to share a line of the processor's cache with this one.
    private long line0;
    private long line1;
    private long line2;
    private long line3;
    private long line4;
    private long line5;
    private long line6;
    private long line7;
    private long line8;
    private long line9;
    private long line10;
    private long line11;
    private long line12;
    private long line13;

    /**
     * Makes a counter that has nothing to hand out.
     *
     * @param meter where to ask for more
     */
    GuestCounter(IntUnaryOperator meter) {
        this.meter = meter;
    }

    /** Charges one unit. */
    static void tick(GuestCounter counter) {
        int left = counter.ticks - 1;
        counter.ticks = left;
        if (left < 0) {
            more(counter);
        }
    }

    /** Goes on where a unit was taken off that was not there. */
    static void more(GuestCounter counter) {
        counter.ticks = counter.meter.applyAsInt(Meter.TICKS);
    }

    /**
     * Charges one unit if a switch goes back.
     *
     * @param index what is switched on
     * @param back a digit for each target, the default last: 1 for those that lie behind
     */
    static void tickIfBack(int index, String back, GuestCounter counter) {
        int last = back.length() - 1;
        if (back.charAt(index < 0 || index > last ? last : index) == CountClass.BACK) {
            tick(counter);
        }
    }

    /** Has the clock looked at now and then, where there is nothing to charge. */
    static void pause(GuestCounter counter) {
        int left = counter.pauses - 1;
        counter.pauses = left;
        if (left < 0) {
            counter.pauses = counter.meter.applyAsInt(Meter.PAUSES);
        }
    }

    /** Ends the guest if it opened a call that it did not have. */
    static void require(long left, Instance instance) {
        if ((left & CallsLeft.SPENT) != 0) {
            end(left, instance);
        }
    }

    /**
     * Ends the guest. The method is too large for C1 to put it into each function, which would need
     * larger frames then.
     */
    private static void end(long left, Instance instance) {
        ((LongConsumer) instance.getMachine()).accept(left);
        ((Runnable) instance.getMachine()).run();
        throw new IllegalStateException("a guest that has no call left goes on", null);
    }

    /** Tells the machine what calls are left. */
    static void handOver(long left, Instance instance) {
        ((LongConsumer) instance.getMachine()).accept(left);
    }

    /** Asks the machine what calls are left. */
    static long left(Instance instance) {
        return ((LongSupplier) instance.getMachine()).getAsLong();
    }

    /** Asks the machine for the instance's counter. */
    static GuestCounter of(Instance instance) {
        return (GuestCounter) ((Supplier<?>) instance.getMachine()).get();
    }

    /** A reference to an exception that is to be thrown; ends the guest if it is null. */
    static int thrown(int reference) {
        if (reference == Value.REF_NULL_VALUE) {
            throw new TrapException("null exception reference");
        }
        return reference;
    }

    /** How many ticks are left. */
    @Override
    public int getAsInt() {
        return ticks;
    }

    @Override
    public void accept(int left) {
        ticks = left;
    }
}
