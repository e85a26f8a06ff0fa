package io.github.dagwasm.wasm.engine;

import io.github.dagwasm.failure.DagWasmException;
import java.util.Optional;

/**
 * An instance's linear memory. Addresses and lengths are longs, so that what a guest calls an
 * unsigned 32-bit number is one here. Not safe for use by several threads.
 */
public interface WasmMemory {

    /** What {@link #indexOf} says where there is no such byte. */
    long NOT_FOUND = -1;

    /**
     * The size at this moment.
     *
     * @return the number of bytes
     */
    long size();

    /**
     * Whether a range lies in the memory. Every address and length that comes from a guest is put
     * to this question first.
     *
     * @param address the first byte
     * @param length how many bytes
     * @return true if neither is negative and the range ends within the memory
     */
    default boolean contains(long address, long length) {
        return address >= 0 && length >= 0 && address <= size() && length <= size() - address;
    }

    /**
     * Copies bytes out of the memory.
     *
     * @param address the first byte
     * @param length how many bytes
     * @return the copy
     * @throws IndexOutOfBoundsException if the range is not {@linkplain #contains in the memory}
     */
    byte[] read(long address, int length);

    /**
     * Copies bytes into the memory.
     *
     * @param address where the first byte goes
     * @param bytes the bytes
     * @throws IndexOutOfBoundsException if the range is not {@linkplain #contains in the memory}
     */
    void write(long address, byte[] bytes);

    /**
     * Writes a byte into the memory.
     *
     * @param address where it goes
     * @param value the byte
     * @throws IndexOutOfBoundsException if it is not {@linkplain #contains in the memory}
     */
    void writeByte(long address, byte value);

    /**
     * Looks for a byte.
     *
     * @param value the byte
     * @param from the first address to look at
     * @param to the address after the last one to look at
     * @return the lowest address that holds it, or {@link #NOT_FOUND}
     * @throws IndexOutOfBoundsException if the range is not in the memory
     */
    long indexOf(byte value, long from, long to);

    /**
     * Whether the guest asked for more memory than the instance's limit allows, and was refused.
     *
     * @return the failure to report if the call then fails, empty where nothing was refused
     */
    Optional<DagWasmException> refusedGrowth();
}
