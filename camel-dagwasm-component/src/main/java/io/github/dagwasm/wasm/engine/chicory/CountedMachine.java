package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An instance's machine, which knows what {@linkplain CallsLeft calls are left} where compiled
 * functions do not hand it from one to the next: at the first call, and into and out of the
 * interpreter. It counts the calls of interpreted functions, of which all come by here.
 *
 * <p>The interfaces of the JDK are for the {@link GuestCounter}.
 */
final class CountedMachine
        implements Machine, LongSupplier, LongConsumer, Runnable, Supplier<Object> {

    /** The interpreter's frames lie on the heap, where no stack ends. */
    static final long FRAME_BYTES = 16L << 20;

    /** The frames of Chicory's interpreter for one call: of classes of its own and of ours. */
    static final int INTERPRETED_CALL_BYTES = 3168;

    /** The frames between the interpreter and a compiled function that it calls. */
    private static final int ENTRY_BYTES = 1024;

    private final Machine compiled;
    private final Supplier<Machine> interpreters;
    private final Object counter;
    private final Map<Integer, Long> interpretedFrames;
    private final Meter meter;
    private final UnwoundCalls unwound;
    private long left;
    private long frameBytesLeft = FRAME_BYTES;

    /**
     * Makes a machine.
     *
     * @param compiled Chicory's
     * @param interpreters makes what runs one call of an interpreted function
     * @param counter where its code counts
     * @param interpretedFrames the interpreted functions with the bytes of each one's frame
     * @param meter asked whether there is time for another frame
     * @param unwound told of the interpreted functions that a failure leaves
     * @param left what calls may be open
     */
    CountedMachine(
            Machine compiled,
            Supplier<Machine> interpreters,
            Object counter,
            Map<Integer, Long> interpretedFrames,
            Meter meter,
            UnwoundCalls unwound,
            long left) {
        this.compiled = compiled;
        this.interpreters = interpreters;
        this.counter = counter;
        this.interpretedFrames = interpretedFrames;
        this.meter = meter;
        this.unwound = unwound;
        this.left = left;
    }

    @Override
    public long[] call(int function, long[] arguments) {
        long before = left;
        try {
            if (interpretedFrames.isEmpty()) {
                return compiled.call(function, arguments);
            }
            Long frame = interpretedFrames.get(function);
            return frame == null
                    ? fromInterpreter(function, arguments)
                    : interpreted(frame, function, arguments);
        } finally {
            left = before;
        }
    }

    private long[] fromInterpreter(int function, long[] arguments) {
        left -= CallsLeft.frame(ENTRY_BYTES);
        return compiled.call(function, arguments);
    }

    private long[] interpreted(long frame, int function, long[] arguments) {
        left -= CallsLeft.call(INTERPRETED_CALL_BYTES);
        if ((left & CallsLeft.SPENT) != 0) {
            throw CallsLeft.spent(left);
        }
        if (frame > frameBytesLeft) {
            throw new ChicoryException("call stack exhausted");
        }
        // To make a frame of many locals takes as long as thousands of instructions.
        meter.look();
        frameBytesLeft -= frame;
        try {
            return interpreters.get().call(function, arguments);
        } catch (Throwable t) {
            unwound.add(t, function);
            throw t;
        } finally {
            frameBytesLeft += frame;
        }
    }

    /** What calls are left to a function that is called from outside of compiled code. */
    @Override
    public long getAsLong() {
        return left;
    }

    /** Takes over what calls are left when compiled code calls the interpreter, or has none. */
    @Override
    public void accept(long handedOver) {
        left = handedOver;
    }

    /** Where the code counts. */
    @Override
    public Object get() {
        return counter;
    }

    /** Ends the guest: it has no call left. */
    @Override
    public void run() {
        throw CallsLeft.spent(left);
    }
}
