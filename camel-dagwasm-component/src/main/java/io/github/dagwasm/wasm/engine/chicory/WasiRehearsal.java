package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasiClock;
import io.github.dagwasm.wasm.engine.WasiFunctions;
import io.github.dagwasm.wasm.engine.WasiWorld;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Goes once through all that the functions of WASI do, so that the JVM has initialised and linked
 * all of it before a hostile guest can be the first to call them, at the end of the stack.
 */
final class WasiRehearsal {

    /** Where in the memory things are that arguments point to. */
    private static final int RESULT = 32;

    private static final int VECTOR = 64;
    private static final int BYTES = 128;
    private static final int SUBSCRIPTIONS = 256;
    private static final int EVENTS = 1024;
    private static final int SUBSCRIPTION_BYTES = 48;

    /** Of each kind one; the first is a clock's. */
    private static final int KINDS = 3;

    private static final int ARGUMENTS = 9;

    /** One more than there are, so that one is not open. */
    private static final int DESCRIPTORS = 4;

    private static boolean held;

    private WasiRehearsal() {}

    /** Does its work at the first call. An interrupt is the caller's, who gets it back. */
    static synchronized void hold() {
        if (held) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            ChargedMemory memory = memory();
            memory.sleep(1);
            rehearse(memory, new ChicoryWasi(new Stage(), WasiFunctions.names()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        held = true;
    }

    private static ChargedMemory memory() {
        Meter meter = new Meter(Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE));
        InstanceLimits limits = new InstanceLimits(FlatMemory.PAGE_SIZE, 0, 0);
        Growth growth = new Growth(limits, 0, FlatMemory.PAGE_SIZE, MemoryReserve.UNLIMITED);
        FlatMemory memory = new FlatMemory(new MemoryLimits(1, 1), growth, meter, FlatSpare.none());
        memory.writeI32(VECTOR, BYTES);
        memory.writeI32(VECTOR + Integer.BYTES, 1);
        for (int kind = 0; kind < KINDS; kind++) {
            memory.writeByte(SUBSCRIPTIONS + kind * SUBSCRIPTION_BYTES + Long.BYTES, (byte) kind);
        }
        return new ChargedMemory(new ChicoryMemory(memory, growth), meter);
    }

    private static void rehearse(WasmMemory memory, ChicoryWasi wasi) {
        for (HostFunction function : wasi.functions()) {
            for (int descriptor = 0; descriptor < DESCRIPTORS; descriptor++) {
                attempt(function, memory, descriptor, VECTOR, 1, RESULT);
                wasi.renew();
            }
            attempt(function, memory, SUBSCRIPTIONS, EVENTS, 1, RESULT);
            attempt(function, memory, SUBSCRIPTIONS, EVENTS, KINDS, RESULT);
            attempt(function, memory, -1, -1, -1, -1);
            wasi.renew();
        }
    }

    private static void attempt(HostFunction function, WasmMemory memory, int... first) {
        long[] arguments = new long[ARGUMENTS];
        for (int i = 0; i < first.length; i++) {
            arguments[i] = first[i];
        }
        try {
            long[] unused = function.body().call(memory, arguments);
        } catch (TrapException | GuestExitException expected) {
            // What ends a guest is gone through as well.
        }
    }

    /** A world to rehearse in. */
    private static final class Stage implements WasiWorld, WasiClock {

        private final InputStream in = new ByteArrayInputStream(new byte[1]);
        private final OutputStream out = new ByteArrayOutputStream();

        @Override
        public List<String> arguments() {
            return List.of("guest");
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("NAME", "value");
        }

        @Override
        public InputStream in() {
            return in;
        }

        @Override
        public OutputStream out() {
            return out;
        }

        @Override
        public OutputStream err() {
            return out;
        }

        @Override
        public WasiClock clock() {
            return this;
        }

        @Override
        public RandomGenerator random() {
            return () -> 1;
        }

        @Override
        public long timeOfDay() {
            return 0;
        }

        @Override
        public long monotonic() {
            return 0;
        }

        @Override
        public void looked() {
            // The memory holds any number by now.
        }

        @Override
        public boolean runs() {
            return false;
        }

        @Override
        public void skip(long nanos) {
            // However long: the memory holds any number by now.
        }
    }
}
