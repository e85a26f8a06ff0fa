package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.LimitExceededException;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import java.util.Optional;

/**
 * Chicory's own memory, with two things added. It remembers that growth was refused because of our
 * limit, not the module's. And the ranges of bulk instructions are checked in long arithmetic:
 * Chicory's int arithmetic overflows near 2^31, and what then happens is no trap.
 */
final class LimitedMemory implements Memory {

    private static final int BULK_BYTES = 4096;

    /** What a guest is told of growth that it does not get. */
    private static final int REFUSED = -1;

    private final ByteArrayMemory memory;
    private final MemoryLimits limits;
    private final int declaredPages;
    private final long limitBytes;
    private final MemoryReserve reserve;
    private DagWasmException refused;

    /**
     * Makes a memory.
     *
     * @param declared what the module declares; its initial size is kept
     * @param limitBytes the most that the memory may have, at least its initial size
     * @param reserve where what it grows by comes from
     */
    LimitedMemory(MemoryLimits declared, long limitBytes, MemoryReserve reserve) {
        this.reserve = reserve;
        this.limitBytes = limitBytes;
        declaredPages = declared.maximumPages();
        int allowed = (int) Math.min(RUNTIME_MAX_PAGES, limitBytes / PAGE_SIZE);
        limits = new MemoryLimits(declared.initialPages(), Math.min(declaredPages, allowed));
        memory = new ByteArrayMemory(limits);
    }

    MemoryLimits limits() {
        return limits;
    }

    Optional<DagWasmException> refusedGrowth() {
        return Optional.ofNullable(refused);
    }

    @Override
    public int grow(int size) {
        long asked = memory.pages() + Integer.toUnsignedLong(size);
        if (asked > limits.maximumPages()) {
            if (asked <= declaredPages) {
                refused =
                        new LimitExceededException(
                                "memory bytes", limitBytes, asked * PAGE_SIZE, "limits.memory_mb");
            }
            return REFUSED;
        }
        Optional<DagWasmException> exhausted = reserve.take((long) size * PAGE_SIZE);
        if (exhausted.isPresent()) {
            refused = exhausted.get();
            return REFUSED;
        }
        return memory.grow(size);
    }

    @Override
    public void initPassiveSegment(int segmentId, int dest, int offset, int size) {
        require(dest, size);
        heedInterrupt(size);
        memory.initPassiveSegment(segmentId, dest, offset, size);
    }

    @Override
    public void write(int addr, byte[] data, int offset, int size) {
        require(addr, size);
        memory.write(addr, data, offset, size);
    }

    @Override
    public byte[] readBytes(int addr, int len) {
        require(addr, len);
        return memory.readBytes(addr, len);
    }

    @Override
    public void fill(byte value, int fromIndex, int toIndex) {
        // The caller has added the length to fromIndex: if that wrapped, toIndex is the smaller.
        if (fromIndex < 0 || toIndex < fromIndex || toIndex > bytes()) {
            throw outOfBounds();
        }
        heedInterrupt(toIndex - fromIndex);
        memory.fill(value, fromIndex, toIndex);
    }

    @Override
    public void copy(int dest, int src, int size) {
        require(dest, size);
        require(src, size);
        heedInterrupt(size);
        memory.copy(dest, src, size);
    }

    /** Engines look at back edges and calls: without this, bulk work in a row would go on. */
    private static void heedInterrupt(int bytes) {
        if (bytes >= BULK_BYTES && Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("interrupted");
        }
    }

    private void require(int address, int length) {
        if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > bytes()) {
            throw outOfBounds();
        }
    }

    private long bytes() {
        return (long) memory.pages() * PAGE_SIZE;
    }

    private static WasmRuntimeException outOfBounds() {
        return new WasmRuntimeException("out of bounds memory access");
    }

    // From here on, all is Chicory's.

    @Override
    public int pages() {
        return memory.pages();
    }

    @Override
    public int initialPages() {
        return memory.initialPages();
    }

    @Override
    public int maximumPages() {
        return memory.maximumPages();
    }

    @Override
    public boolean shared() {
        return memory.shared();
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        memory.initialize(instance, dataSegments);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
        memory.initialize(instance, dataSegments, memoryIndex);
    }

    @Override
    public byte read(int addr) {
        return memory.read(addr);
    }

    @Override
    public void writeI32(int addr, int data) {
        memory.writeI32(addr, data);
    }

    @Override
    public int readInt(int addr) {
        return memory.readInt(addr);
    }

    @Override
    public void writeLong(int addr, long data) {
        memory.writeLong(addr, data);
    }

    @Override
    public long readLong(int addr) {
        return memory.readLong(addr);
    }

    @Override
    public void writeShort(int addr, short data) {
        memory.writeShort(addr, data);
    }

    @Override
    public short readShort(int addr) {
        return memory.readShort(addr);
    }

    @Override
    public long readU16(int addr) {
        return memory.readU16(addr);
    }

    @Override
    public void writeByte(int addr, byte data) {
        memory.writeByte(addr, data);
    }

    @Override
    public void writeF32(int addr, float data) {
        memory.writeF32(addr, data);
    }

    @Override
    public long readF32(int addr) {
        return memory.readF32(addr);
    }

    @Override
    public float readFloat(int addr) {
        return memory.readFloat(addr);
    }

    @Override
    public void writeF64(int addr, double data) {
        memory.writeF64(addr, data);
    }

    @Override
    public double readDouble(int addr) {
        return memory.readDouble(addr);
    }

    @Override
    public long readF64(int addr) {
        return memory.readF64(addr);
    }

    @Override
    public void zero() {
        memory.zero();
    }

    @Override
    public void drop(int segment) {
        memory.drop(segment);
    }

    /** A monitor for the interface's own atomic instructions, which need no more in one thread. */
    @Override
    @SuppressWarnings("removal")
    public Object lock(int address) {
        return this;
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int address, int expected, long timeout) {
        return memory.waitOn(address, expected, timeout);
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int address, long expected, long timeout) {
        return memory.waitOn(address, expected, timeout);
    }

    @Override
    @SuppressWarnings("removal")
    public int notify(int address, int maxThreads) {
        return memory.notify(address, maxThreads);
    }
}
