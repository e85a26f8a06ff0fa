package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Linear memory as one array of bytes, with a mark for each block of 4 KiB that something was
 * stored in. This is what guests run on: each method is small enough to become part of the code
 * that calls it.
 *
 * <p>A store marks the block of the <em>last</em> byte that it writes, and no other. So what a
 * marked block stands for begins {@link #REACH} bytes before the block itself, and a store over the
 * end of a block costs nothing more than any other. There are exactly as many marks as the guest
 * has blocks: to mark is to prove that a store ends within the guest's size, also where the array
 * is larger than that.
 */
abstract class MarkedBytes implements Memory {

    /** Binary logarithm of a block's size. */
    static final int BLOCK_SHIFT = 12;

    static final int BLOCK_BYTES = 1 << BLOCK_SHIFT;

    /** How many bytes before a marked block may be written too: the widest store's, less one. */
    static final int REACH = Long.BYTES - 1;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    /** The bytes; those from {@link #size} on are clear. */
    protected byte[] bytes;

    /** How many bytes the guest has; no more than there are. */
    protected int size;

    /** Not 0 where a block was written to; as many as the guest has blocks. */
    protected byte[] marks;

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    // An address beyond the size is found by comparison, a negative one by the array's own check.

    @Override
    public final byte read(int addr) {
        try {
            if (addr < size) {
                return bytes[addr];
            }
        } catch (IndexOutOfBoundsException e) {
            // Told below, as the others are.
        }
        throw outside(addr, Byte.BYTES);
    }

    @Override
    public final short readShort(int addr) {
        try {
            if (addr <= size - Short.BYTES) {
                return (short) SHORT.get(bytes, addr);
            }
        } catch (IndexOutOfBoundsException e) {
            // Told below.
        }
        throw outside(addr, Short.BYTES);
    }

    @Override
    public final int readInt(int addr) {
        try {
            if (addr <= size - Integer.BYTES) {
                return (int) INT.get(bytes, addr);
            }
        } catch (IndexOutOfBoundsException e) {
            // Told below.
        }
        throw outside(addr, Integer.BYTES);
    }

    @Override
    public final long readLong(int addr) {
        try {
            if (addr <= size - Long.BYTES) {
                return (long) LONG.get(bytes, addr);
            }
        } catch (IndexOutOfBoundsException e) {
            // Told below.
        }
        throw outside(addr, Long.BYTES);
    }

    @Override
    public final float readFloat(int addr) {
        try {
            if (addr <= size - Float.BYTES) {
                return (float) FLOAT.get(bytes, addr);
            }
        } catch (IndexOutOfBoundsException e) {
            // Told below.
        }
        throw outside(addr, Float.BYTES);
    }

    @Override
    public final double readDouble(int addr) {
        try {
            if (addr <= size - Double.BYTES) {
                return (double) DOUBLE.get(bytes, addr);
            }
        } catch (IndexOutOfBoundsException e) {
            // Told below.
        }
        throw outside(addr, Double.BYTES);
    }

    @Override
    public final long readU16(int addr) {
        return Short.toUnsignedLong(readShort(addr));
    }

    @Override
    public final long readF32(int addr) {
        return readInt(addr);
    }

    @Override
    public final long readF64(int addr) {
        return readLong(addr);
    }

    @Override
    public final void writeByte(int addr, byte data) {
        try {
            marks[addr >>> BLOCK_SHIFT] = 1;
            bytes[addr] = data;
        } catch (IndexOutOfBoundsException e) {
            throw outside(addr, Byte.BYTES);
        }
    }

    @Override
    public final void writeShort(int addr, short data) {
        try {
            marks[(addr + Short.BYTES - 1) >>> BLOCK_SHIFT] = 1;
            SHORT.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outside(addr, Short.BYTES);
        }
    }

    @Override
    public final void writeI32(int addr, int data) {
        try {
            marks[(addr + Integer.BYTES - 1) >>> BLOCK_SHIFT] = 1;
            INT.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outside(addr, Integer.BYTES);
        }
    }

    @Override
    public final void writeLong(int addr, long data) {
        try {
            marks[(addr + Long.BYTES - 1) >>> BLOCK_SHIFT] = 1;
            LONG.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outside(addr, Long.BYTES);
        }
    }

    @Override
    public final void writeF32(int addr, float data) {
        try {
            marks[(addr + Float.BYTES - 1) >>> BLOCK_SHIFT] = 1;
            FLOAT.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outside(addr, Float.BYTES);
        }
    }

    @Override
    public final void writeF64(int addr, double data) {
        try {
            marks[(addr + Double.BYTES - 1) >>> BLOCK_SHIFT] = 1;
            DOUBLE.set(bytes, addr, data);
        } catch (IndexOutOfBoundsException e) {
            throw outside(addr, Double.BYTES);
        }
    }

    /** What a guest is told of a range that does not lie within its size. */
    protected static WasmRuntimeException outside() {
        return new WasmRuntimeException("out of bounds memory access");
    }

    /** What a guest is told of an access that does not lie within its size. */
    protected final WasmRuntimeException outside(int address, int length) {
        return outside(address, length, size);
    }

    protected static WasmRuntimeException outside(int address, int length, int end) {
        return new WasmRuntimeException(
                "out of bounds memory access: attempted to access address: "
                        + address
                        + " but limit is: "
                        + end
                        + " and size: "
                        + length);
    }

    // Atomic instructions are those above, in the interface's own words: a memory has one thread.

    @Override
    public final boolean shared() {
        return false;
    }

    /** The monitor that the interface's atomic instructions ask for. */
    @Override
    @SuppressWarnings("removal")
    public final Object lock(int address) {
        return this;
    }

    @Override
    @SuppressWarnings("removal")
    public final int waitOn(int address, int expected, long timeout) {
        throw new WasmRuntimeException("a memory that is not shared has nothing to wait for");
    }

    @Override
    @SuppressWarnings("removal")
    public final int waitOn(int address, long expected, long timeout) {
        return waitOn(address, 0, timeout);
    }

    /** Nobody waits. */
    @Override
    @SuppressWarnings("removal")
    public final int notify(int address, int maxThreads) {
        return 0;
    }
}
