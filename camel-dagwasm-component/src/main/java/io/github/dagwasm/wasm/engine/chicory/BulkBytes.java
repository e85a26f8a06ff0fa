package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import io.github.dagwasm.wasm.engine.ByteSearch;
import java.util.Arrays;

/**
 * What is done with many bytes of a linear memory at once. Ranges are checked in long arithmetic,
 * and large work is charged in slices.
 */
abstract class BulkBytes extends MarkedBytes {

    /** The most that is written between two looks at the clock: some 0.1 ms. */
    protected static final int SLICE_BYTES = 1 << 20;

    /** Charged for work, and asked whether there is time for more. */
    protected final Meter meter;

    private DataSegment[] segments = {};

    BulkBytes(Meter meter) {
        this.meter = meter;
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
        return ByteSearch.indexOf(bytes, value, from, to);
    }

    private void mark(int from, int length) {
        if (length > 0) {
            int first = from >>> BLOCK_SHIFT;
            int last = (from + length - 1) >>> BLOCK_SHIFT;
            marks[first] = 1;
            if (last > first) {
                Arrays.fill(marks, first + 1, last + 1, (byte) 1);
            }
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
}
