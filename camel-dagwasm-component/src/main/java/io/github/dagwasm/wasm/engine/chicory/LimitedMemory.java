package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;

/**
 * Chicory's own memory, with three things added. It grows no further than the instance may. Large
 * work is done in slices, between which an interrupt is heeded. And the ranges of bulk instructions
 * are checked in long arithmetic: Chicory's int arithmetic overflows near 2^31, and what then
 * happens is no trap.
 */
final class LimitedMemory implements Memory {

    /** From here on an instruction looks at the interrupt flag. */
    private static final int BULK_BYTES = 4096;

    /** The most that is written between two looks at the flag: some 0.1 ms. */
    private static final int SLICE_BYTES = 1 << 20;

    private static final int SLICE_PAGES = SLICE_BYTES / PAGE_SIZE;

    /** What a guest is told of growth that it does not get. */
    private static final int REFUSED = -1;

    /** The index of no memory at all. */
    private static final int NO_MEMORY = -1;

    private final ByteArrayMemory memory;
    private final MemoryLimits limits;
    private final int declaredPages;
    private final Growth growth;
    private final Meter meter;

    /**
     * Makes a memory.
     *
     * @param declared what the module declares; its initial size is kept
     * @param growth what the memory may grow by; the initial size is taken already
     * @param meter charged for bulk work
     */
    LimitedMemory(MemoryLimits declared, Growth growth, Meter meter) {
        this.growth = growth;
        this.meter = meter;
        declaredPages = declared.maximumPages();
        int allowed = (int) Math.min(RUNTIME_MAX_PAGES, growth.memoryBytes() / PAGE_SIZE);
        int maximum = Math.min(declaredPages, allowed);
        limits = new MemoryLimits(declared.initialPages(), maximum);
        memory = new ByteArrayMemory(new MemoryLimits(0, maximum));
        add(declared.initialPages());
    }

    MemoryLimits limits() {
        return limits;
    }

    @Override
    public int grow(int size) {
        meter.look();
        int before = memory.pages();
        long pages = Integer.toUnsignedLong(size);
        long asked = before + pages;
        if (asked > declaredPages
                || !growth.takesMemory(pages * PAGE_SIZE, asked * PAGE_SIZE)
                || asked > limits.maximumPages()) {
            return REFUSED;
        }
        add(size);
        return before;
    }

    /** The JVM clears each new page, so that much growth at once takes long. */
    private void add(int pages) {
        int left = pages;
        while (left > 0) {
            meter.look();
            int slice = Math.min(left, SLICE_PAGES);
            memory.grow(slice);
            left -= slice;
        }
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
        int at = fromIndex;
        do {
            heedInterrupt(toIndex - fromIndex);
            int end = toIndex - at > SLICE_BYTES ? at + SLICE_BYTES : toIndex;
            memory.fill(value, at, end);
            at = end;
        } while (at < toIndex);
    }

    @Override
    public void copy(int dest, int src, int size) {
        require(dest, size);
        require(src, size);
        // Where the ranges overlap, each slice is read before another is written over it.
        boolean backward = dest > src;
        int left = size;
        do {
            heedInterrupt(size);
            int slice = Math.min(left, SLICE_BYTES);
            int offset = backward ? left - slice : size - left;
            memory.copy(dest + offset, src + offset, slice);
            left -= slice;
        } while (left > 0);
    }

    private void heedInterrupt(int bytes) {
        if (bytes >= BULK_BYTES) {
            meter.look();
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

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        initialize(instance, dataSegments, 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
        // Chicory's memory is to know the passive ones, and to copy none.
        memory.initialize(instance, dataSegments, NO_MEMORY);
        for (DataSegment segment : dataSegments) {
            if (segment instanceof ActiveDataSegment active && active.index() == memoryIndex) {
                meter.look();
                int address =
                        (int)
                                ConstantEvaluators.computeConstantValue(
                                        instance, active.offsetInstructions())[0];
                write(address, active.data(), 0, active.data().length);
            }
        }
    }

    // From here on, all is Chicory's.

    @Override
    public int pages() {
        return memory.pages();
    }

    @Override
    public int initialPages() {
        return limits.initialPages();
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

    /** Nothing: an instance begins with a memory of its own, which is clear. */
    @Override
    public void zero() {}

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
