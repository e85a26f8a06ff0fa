package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What host functions read and write of a guest's memory, every range looked at first. */
final class GuestBytes {

    /**
     * Constant, as all is that is thrown where a guest may have left little stack. Who gives a
     * pointer to nowhere is wrong in a way that no error number helps against.
     */
    private static final String OUTSIDE =
            "the guest trapped: WASI was called with a range outside of the memory";

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private GuestBytes() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** An argument that is an address or a length: an unsigned number of 32 bits. */
    static long unsigned(long argument) {
        return argument & 0xffff_ffffL;
    }

    /**
     * Sees that a range lies in the memory.
     *
     * @throws TrapException if not
     */
    static void require(WasmMemory memory, long address, long length) {
        if (!memory.contains(address, length)) {
            throw new TrapException(OUTSIDE);
        }
    }

    /** Reads a range of no great length. */
    static byte[] read(WasmMemory memory, long address, int length) {
        require(memory, address, length);
        return memory.read(address, length);
    }

    static void write(WasmMemory memory, long address, byte[] bytes) {
        require(memory, address, bytes.length);
        memory.write(address, bytes);
    }

    static void writeInt(WasmMemory memory, long address, int value) {
        byte[] bytes = new byte[Integer.BYTES];
        INT.set(bytes, 0, value);
        write(memory, address, bytes);
    }

    static void writeLong(WasmMemory memory, long address, long value) {
        byte[] bytes = new byte[Long.BYTES];
        LONG.set(bytes, 0, value);
        write(memory, address, bytes);
    }

    static int intAt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    static long longAt(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    static int shortAt(byte[] bytes, int index) {
        return (short) SHORT.get(bytes, index);
    }

    static void putInt(byte[] bytes, int index, int value) {
        INT.set(bytes, index, value);
    }

    static void putLong(byte[] bytes, int index, long value) {
        LONG.set(bytes, index, value);
    }

    static void putShort(byte[] bytes, int index, int value) {
        SHORT.set(bytes, index, (short) value);
    }
}
