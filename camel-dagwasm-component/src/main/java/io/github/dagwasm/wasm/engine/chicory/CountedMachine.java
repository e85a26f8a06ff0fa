package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * An instance's machine, which knows how many calls may still be opened where compiled functions do
 * not hand it from one to the next: at the first call, and into and out of the interpreter. It
 * counts the calls of interpreted functions, of which all come by here.
 *
 * <p>The interfaces of the JDK are for the {@link GuestCounter}.
 */
final class CountedMachine
        implements Machine, IntSupplier, IntConsumer, Runnable, Supplier<Object> {

    /** The interpreter's frames lie on the heap, where no stack ends. */
    static final long FRAME_BYTES = 16L << 20;

    private final Machine compiled;
    private final Supplier<Machine> interpreters;
    private final Object counter;
    private final Map<Integer, Long> interpretedFrames;
    private final Meter meter;
    private int left;
    private long frameBytesLeft = FRAME_BYTES;

    /**
     * Makes a machine.
     *
     * @param compiled Chicory's
     * @param interpreters makes what runs one call of an interpreted function
     * @param counter where its code counts
     * @param interpretedFrames the interpreted functions with the bytes of each one's frame
     * @param meter asked whether there is time for another frame
     * @param callDepth how many calls may be open
     */
    CountedMachine(
            Machine compiled,
            Supplier<Machine> interpreters,
            Object counter,
            Map<Integer, Long> interpretedFrames,
            Meter meter,
            long callDepth) {
        this.compiled = compiled;
        this.interpreters = interpreters;
        this.counter = counter;
        this.interpretedFrames = interpretedFrames;
        this.meter = meter;
        left = (int) Math.min(Integer.MAX_VALUE, callDepth);
    }

    @Override
    public long[] call(int function, long[] arguments) {
        int before = left;
        try {
            if (interpretedFrames.isEmpty()) {
                return compiled.call(function, arguments);
            }
            Long frame = interpretedFrames.get(function);
            return frame == null
                    ? compiled.call(function, arguments)
                    : interpreted(frame, function, arguments);
        } finally {
            left = before;
        }
    }

    private long[] interpreted(long frame, int function, long[] arguments) {
        if (left <= 0) {
            throw new CallDepthException();
        }
        if (frame > frameBytesLeft) {
            throw new ChicoryException("call stack exhausted");
        }
        // To make a frame of many locals takes as long as thousands of instructions.
        meter.look();
        left--;
        frameBytesLeft -= frame;
        try {
            return interpreters.get().call(function, arguments);
        } finally {
            frameBytesLeft += frame;
        }
    }

    /** How many calls are left to a function that is called from outside of compiled code. */
    @Override
    public int getAsInt() {
        return left;
    }

    /** Takes over how many calls are left when compiled code calls the interpreter. */
    @Override
    public void accept(int handedOver) {
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
        throw new CallDepthException();
    }
}
