package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An instance's linear memory. It grows no further than the instance may, charges large work in
 * slices, checks the ranges of bulk instructions in long arithmetic, and can be set back to an
 * image of itself by copying only what was written to since. Used by one thread, that of the
 * instance.
 */
class FlatMemory extends MarkedBytes {

    /** Makes memories, by the parameters of {@link FlatMemory}'s constructor. */
    @FunctionalInterface
    interface Factory {
        FlatMemory memory(MemoryLimits declared, Growth growth, Meter meter, FlatSpare spare);
    }

    /** The most that is written between two looks at the clock: some 0.1 ms. */
    private static final int SLICE_BYTES = 1 << 20;

    /** Memory that has to grow grows by this part of its size more than it has to. */
    private static final int SLACK = 4;

    /** What a guest is told of growth that it does not get. */
    private static final int REFUSED = -1;

    /** Marks are looked at eight at a time. A page has sixteen blocks, so nothing is left over. */
    private static final VarHandle EIGHT_MARKS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int BLOCKS_PER_PAGE = PAGE_SIZE / BLOCK_BYTES;

    private final MemoryLimits limits;
    private final int declaredPages;
    private final Growth growth;
    private final Meter meter;
    private final KeptCapacity kept;
    private DataSegment[] segments = {};
    private MemoryImage image = MemoryImage.EMPTY;

    /**
     * Makes a memory.
     *
     * @param declared what the module declares; its initial size is kept
     * @param growth what the memory may grow by; the initial size is taken already
     * @param meter charged for bulk work
     * @param spare memory to use again, of no bytes if there is none
     */
    FlatMemory(MemoryLimits declared, Growth growth, Meter meter, FlatSpare spare) {
        this.growth = growth;
        this.meter = meter;
        declaredPages = declared.maximumPages();
        int allowed = (int) Math.min(RUNTIME_MAX_PAGES, growth.memoryBytes() / PAGE_SIZE);
        limits = new MemoryLimits(declared.initialPages(), Math.min(declaredPages, allowed));
        kept = spare.kept();
        size = declared.initialPages() * PAGE_SIZE;
        meter.look();
        bytes = spare.array().length < size ? new byte[size] : spare.array();
        marks = new byte[size >>> BLOCK_SHIFT];
    }

    /** What Chicory is to think that the module declares. */
    MemoryLimits limits() {
        return limits;
    }

    @Override
    public int pages() {
        return size / PAGE_SIZE;
    }

    @Override
    public int initialPages() {
        return limits.initialPages();
    }

    @Override
    public int maximumPages() {
        return limits.maximumPages();
    }

    @Override
    public int grow(int more) {
        meter.look();
        int before = pages();
        long pages = Integer.toUnsignedLong(more);
        long asked = before + pages;
        if (asked > declaredPages
                || !growth.allowsMemory(asked * PAGE_SIZE)
                || asked > limits.maximumPages()) {
            return REFUSED;
        }
        int grown = (int) asked * PAGE_SIZE;
        int capacity = grown > bytes.length ? capacityFor(grown) : bytes.length;
        if (capacity < grown) {
            return REFUSED;
        }
        meter.charge(pages * BLOCKS_PER_PAGE);
        if (capacity > bytes.length) {
            move(capacity);
        }
        resize(grown);
        return before;
    }

    /** Some more is taken than is asked for, where there is some: the next growth costs nothing. */
    private int capacityFor(int least) {
        long most = (long) limits.maximumPages() * PAGE_SIZE;
        long slack = (least / SLACK) & -(long) PAGE_SIZE;
        int ample = (int) Math.min(most, least + slack);
        if (ample > least && growth.takesSpareMemory(ample - bytes.length)) {
            return ample;
        }
        return growth.takesMemory(least - bytes.length) ? least : bytes.length;
    }

    private void move(int capacity) {
        byte[] larger = new byte[capacity];
        for (int at = 0; at < size; at += SLICE_BYTES) {
            meter.look();
            System.arraycopy(bytes, at, larger, at, Math.min(SLICE_BYTES, size - at));
        }
        bytes = larger;
    }

    private void resize(int to) {
        marks = Arrays.copyOf(marks, to >>> BLOCK_SHIFT);
        size = to;
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        initialize(instance, dataSegments, 0);
    }

    /** The array of segments is the instance's own: what it drops, it drops for itself. */
    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
        segments = dataSegments;
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

    @Override
    public void initPassiveSegment(int segmentId, int dest, int offset, int length) {
        require(dest, length);
        meter.bulk(length);
        write(dest, segments[segmentId].data(), offset, length);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    @Override
    public void write(int addr, byte[] data, int offset, int length) {
        require(addr, length);
        if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(length) > data.length) {
            throw outside(offset, length, data.length);
        }
        mark(addr, length);
        System.arraycopy(data, offset, bytes, addr, length);
    }

    @Override
    public byte[] readBytes(int addr, int length) {
        require(addr, length);
        return Arrays.copyOfRange(bytes, addr, addr + length);
    }

    @Override
    public void fill(byte value, int fromIndex, int toIndex) {
        // The caller has added the length to fromIndex: if that wrapped, toIndex is the smaller.
        if (fromIndex < 0 || toIndex < fromIndex || toIndex > size) {
            throw outside();
        }
        mark(fromIndex, toIndex - fromIndex);
        int at = fromIndex;
        while (at < toIndex) {
            int end = toIndex - at > SLICE_BYTES ? at + SLICE_BYTES : toIndex;
            meter.bulk(end - at);
            Arrays.fill(bytes, at, end, value);
            at = end;
        }
    }

    @Override
    public void copy(int dest, int src, int length) {
        require(dest, length);
        require(src, length);
        mark(dest, length);
        // Where the ranges overlap, each slice is read before another is written over it.
        boolean backward = dest > src;
        int left = length;
        while (left > 0) {
            int slice = Math.min(left, SLICE_BYTES);
            meter.bulk(slice);
            int offset = backward ? left - slice : length - left;
            System.arraycopy(bytes, src + offset, bytes, dest + offset, slice);
            left -= slice;
        }
    }

    /** The first byte that is equal, or -1. */
    int indexOf(byte value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == value) {
                return i;
            }
        }
        return -1;
    }

    private void mark(int from, int length) {
        if (length > 0) {
            Arrays.fill(
                    marks,
                    from >>> BLOCK_SHIFT,
                    ((from + length - 1) >>> BLOCK_SHIFT) + 1,
                    (byte) 1);
        }
    }

    private void require(int address, int length) {
        if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > size) {
            throw outside();
        }
    }

    /** Nothing: an instance begins with memory that is clear. */
    @Override
    public void zero() {}

    /** Keeps the content of the present. */
    MemoryImage image() {
        return new MemoryImage(bytes, size);
    }

    /**
     * Takes over an image.
     *
     * @param anew what {@link #reset} leads back to from now on
     * @return whether there is memory enough for it
     */
    boolean adopt(MemoryImage anew) {
        if (anew.size() > bytes.length && !growth.takesMemory(anew.size() - bytes.length)) {
            return false;
        }
        clear();
        image = anew;
        if (anew.size() > bytes.length) {
            bytes = new byte[anew.size()];
        }
        image.writeTo(bytes);
        resize(image.size());
        return true;
    }

    /** Sets everything back to the image, and gives back capacity that is not used any more. */
    void reset() {
        for (int at = 0; at < marks.length; at += Long.BYTES) {
            if ((long) EIGHT_MARKS.get(marks, at) != 0) {
                restoreMarked(at, at + Long.BYTES);
            }
        }
        int used = size;
        if (used != image.size()) {
            resize(image.size());
        }
        if (keep(used, image.size())) {
            image.writeTo(bytes);
        }
    }

    /**
     * Takes the memory out; what is left is of no use.
     *
     * @param beside what an instance begins with beside its memory, in bytes
     * @return the memory
     */
    FlatSpare retire(long beside) {
        clear();
        keep(size, initialPages() * PAGE_SIZE);
        return new FlatSpare(bytes, kept, beside + bytes.length);
    }

    /** Puts a smaller array in place of one that has been too large for long: a clear one. */
    private boolean keep(int used, int least) {
        int capacity = kept.after(used, bytes.length, least);
        if (capacity == bytes.length) {
            return false;
        }
        int less = bytes.length - capacity;
        bytes = new byte[capacity];
        growth.givesMemory(less);
        return true;
    }

    private void clear() {
        for (int block = 0; block < marks.length; block++) {
            if (marks[block] != 0 || image.holds(block)) {
                marks[block] = 0;
                MemoryImage.EMPTY.restore(bytes, block);
            }
        }
    }

    private void restoreMarked(int from, int to) {
        for (int block = from; block < to; block++) {
            if (marks[block] != 0) {
                marks[block] = 0;
                restore(block);
            }
        }
    }

    /** Sets back what one mark stands for. */
    void restore(int block) {
        image.restore(bytes, block);
    }
}
