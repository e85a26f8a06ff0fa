package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Spending;
import java.util.List;

/**
 * Initialises the classes of Chicory that a running guest may be the first to touch. A guest can do
 * so at the very end of the stack, and a class whose initialisation fails there stays broken for
 * the whole JVM.
 */
final class RuntimeClasses {

    private static final String RUNTIME = "com.dylibso.chicory.runtime.";
    private static final String WASM = "com.dylibso.chicory.wasm.";

    private static final List<String> NAMES =
            List.of(
                    RUNTIME + "BitOps",
                    RUNTIME + "ChicoryInterruptedException",
                    RUNTIME + "ConstantEvaluators",
                    RUNTIME + "CtrlFrame",
                    RUNTIME + "InterpreterMachine",
                    RUNTIME + "MStack",
                    RUNTIME + "MemCopyWorkaround",
                    RUNTIME + "OpcodeImpl",
                    RUNTIME + "StackFrame",
                    RUNTIME + "TableInstance",
                    RUNTIME + "TrapException",
                    RUNTIME + "WasmException",
                    RUNTIME + "WasmRuntimeException",
                    RUNTIME + "internal.CompilerInterpreterMachine",
                    WASM + "ChicoryException",
                    WASM + "InvalidException",
                    WASM + "UninstantiableException",
                    WASM + "types.OpCode",
                    WASM + "types.PassiveDataSegment",
                    WASM + "types.Value");

    private static final List<Class<?>> OURS =
            List.of(
                    CallDepthException.class,
                    SpentException.class,
                    Meter.class,
                    DagWasmException.class,
                    LimitExceededException.class,
                    StackOverflowError.class,
                    OutOfMemoryError.class,
                    ArithmeticException.class,
                    ClassCastException.class,
                    ArrayIndexOutOfBoundsException.class);

    private RuntimeClasses() {}

    private static boolean initialized;

    /**
     * Does its work at the first call.
     *
     * @throws IllegalStateException if Chicory is not the version expected
     */
    static synchronized void initialize(KeptModules kept) {
        if (!initialized) {
            initializeAll(kept);
            initialized = true;
        }
    }

    private static void initializeAll(KeptModules kept) {
        try {
            for (String name : NAMES) {
                Class.forName(name, true, MemoryLimits.class.getClassLoader());
            }
            for (Class<?> ours : OURS) {
                Class.forName(ours.getName(), true, ours.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Chicory is not the version expected", e);
        }
        tour(kept);
        Meter meter = new Meter(Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE));
        exercise(
                new FlatMemory(
                        new MemoryLimits(1, 1),
                        new Growth(
                                new InstanceLimits(FlatMemory.PAGE_SIZE, 0, 0),
                                0,
                                FlatMemory.PAGE_SIZE,
                                MemoryReserve.UNLIMITED),
                        meter,
                        FlatSpare.none()));
    }

    /** An interrupt is the caller's, who gets it back. */
    private static void tour(KeptModules kept) {
        boolean interrupted = Thread.interrupted();
        try {
            Tour.run(kept);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Links the accesses to memory, which the JVM does at the first of each kind, and a fault. */
    private static void exercise(FlatMemory memory) {
        memory.writeByte(0, memory.read(0));
        memory.writeShort(0, memory.readShort(0));
        memory.writeI32(0, memory.readInt(0));
        memory.writeLong(0, memory.readLong(0));
        memory.writeF32(0, memory.readFloat(0));
        memory.writeF64(0, memory.readDouble(0));
        memory.write(0, memory.readBytes(0, 1), 0, 1);
        memory.fill((byte) 0, 0, 1);
        memory.copy(0, 1, 1);
        // Refused: growth that was refused is something to tell.
        memory.grow(1);
        try {
            memory.writeI32(-1, memory.readInt(-1));
            throw new IllegalStateException("Chicory is not the version expected");
        } catch (WasmRuntimeException expected) {
            // Its message is put together by code that the JVM links now.
        }
    }
}
