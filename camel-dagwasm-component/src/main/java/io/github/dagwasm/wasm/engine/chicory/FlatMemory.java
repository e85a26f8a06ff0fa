package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.wasm.engine.HeapCost;
import java.util.Arrays;

/**
 * An instance's linear memory. It grows no further than the instance may, and can be set back to an
 * image of itself by copying only what was written to since. Used by one thread, that of the
 * instance.
 */
class FlatMemory extends BulkBytes {

    /** Makes memories, by the parameters of {@link FlatMemory}'s constructor. */
    @FunctionalInterface
    interface Factory {
        FlatMemory memory(MemoryLimits declared, Growth growth, Meter meter, FlatSpare spare);
    }

    /** Memory that has to grow grows by this part of its size more than it has to. */
    private static final int SLACK = 4;

    /** What a guest is told of growth that it does not get. */
    private static final int REFUSED = -1;

    private static final byte[] NOTHING = {};

    /** What a JVM clears in a nanosecond, or less. */
    private static final int CLEARED_PER_NANO = 10;

    /** How many blocks are set back between two looks at the clock. */
    private static final int BLOCKS_BETWEEN = SLICE_BYTES >>> BLOCK_SHIFT;

    private final MemoryLimits limits;
    private final int declaredPages;
    private final Growth growth;
    private final KeptCapacity kept;
    private MemoryImage image = MemoryImage.EMPTY;

    /** At least as many as there are marks: the JVM finds the first difference many at a time. */
    private byte[] noMarks = {};

    /**
     * Makes a memory.
     *
     * @param declared what the module declares; its initial size is kept
     * @param growth what the memory may grow by; the initial size is taken already
     * @param meter charged for bulk work
     * @param spare memory to use again, of no bytes if there is none
     */
    FlatMemory(MemoryLimits declared, Growth growth, Meter meter, FlatSpare spare) {
        super(meter);
        this.growth = growth;
        declaredPages = declared.maximumPages();
        int allowed = (int) Math.min(RUNTIME_MAX_PAGES, growth.memoryBytes() / PAGE_SIZE);
        limits = new MemoryLimits(declared.initialPages(), Math.min(declaredPages, allowed));
        kept = spare.kept();
        size = declared.initialPages() * PAGE_SIZE;
        byte[] again = spare.take();
        bytes = again.length < size ? clear(size) : again;
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
        long asked = before + Integer.toUnsignedLong(more);
        if (asked > declaredPages
                || !growth.allowsMemory(asked * PAGE_SIZE)
                || asked > limits.maximumPages()) {
            return REFUSED;
        }
        int grown = (int) asked * PAGE_SIZE;
        meter.bulk(grown - size);
        if (grown > bytes.length) {
            move(grown);
        }
        resize(grown);
        return before;
    }

    /** While the content is copied, both arrays are there. */
    private void move(int least) {
        byte[] larger = clear(capacityFor(least));
        for (int at = 0; at < size; at += SLICE_BYTES) {
            meter.look();
            System.arraycopy(bytes, at, larger, at, Math.min(SLICE_BYTES, size - at));
        }
        // No variable has the old array when its room becomes another's.
        int before = bytes.length;
        bytes = larger;
        growth.give(before);
    }

    /** Some more is taken than is asked for, where there is some: the next growth costs nothing. */
    private int capacityFor(int least) {
        long most = (long) limits.maximumPages() * PAGE_SIZE;
        long slack = (least / SLACK) & -(long) PAGE_SIZE;
        int ample = (int) Math.min(most, least + slack);
        if (ample > least && growth.triesToTake(ample)) {
            return ample;
        }
        growth.take(least);
        return least;
    }

    /** The JVM clears a new array in one go, so what cannot be done in time is not begun. */
    private byte[] clear(int length) {
        meter.lookAhead(length / CLEARED_PER_NANO);
        return new byte[length];
    }

    private void resize(int to) {
        marks = Arrays.copyOf(marks, to >>> BLOCK_SHIFT);
        size = to;
    }

    /** The most that {@link #image()} takes of the heap, in bytes. */
    long imageBytes() {
        return MemoryImage.bytes(bytes, size);
    }

    /** Keeps the content of the present. */
    MemoryImage image() {
        return new MemoryImage(bytes, size);
    }

    /**
     * Takes over an image.
     *
     * @param anew what {@link #reset} leads back to from now on
     */
    void adopt(MemoryImage anew) {
        if (anew.size() > bytes.length) {
            growth.takeInstead(anew.size(), bytes.length);
            // The old array goes first, so that there is one at a time.
            bytes = NOTHING;
            bytes = clear(anew.size());
            Arrays.fill(marks, (byte) 0);
        } else {
            meter.lookAhead(anew.size() / CLEARED_PER_NANO);
            clear();
        }
        image = anew;
        image.writeTo(bytes);
        resize(image.size());
    }

    /** Sets everything back to the image, and gives back capacity that is not used any more. */
    void reset() {
        int done = 0;
        for (int block = firstMark(0); block >= 0; block = firstMark(block + 1)) {
            lookAfter(++done);
            marks[block] = 0;
            restore(block);
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
        return new FlatSpare(bytes, kept, beside + HeapCost.ofArray(bytes.length));
    }

    /**
     * Puts a smaller array in place of one that has been too large for long: a clear one. Where
     * there is no room for both, the larger one stays.
     */
    private boolean keep(int used, int least) {
        int before = bytes.length;
        int capacity = kept.after(used, before, least);
        if (capacity == before || !growth.triesToTake(capacity)) {
            return false;
        }
        try {
            bytes = new byte[capacity];
        } catch (OutOfMemoryError e) {
            growth.give(capacity);
            return false;
        }
        growth.give(before);
        return true;
    }

    private void clear() {
        int done = 0;
        for (int block = firstMark(0); block >= 0; block = firstMark(block + 1)) {
            lookAfter(++done);
            marks[block] = 0;
            MemoryImage.EMPTY.restore(bytes, block);
        }
        image.eraseFrom(bytes);
    }

    /** To write to a block costs a guest far less than it costs to set that back. */
    private void lookAfter(int blocks) {
        if (blocks % BLOCKS_BETWEEN == 0) {
            meter.look();
        }
    }

    /** The first marked block from one on, or less than 0. */
    private int firstMark(int from) {
        int count = marks.length;
        if (noMarks.length < count) {
            noMarks = new byte[count];
        }
        int found = Arrays.mismatch(marks, from, count, noMarks, from, count);
        return found < 0 ? found : from + found;
    }

    /** Sets back what one mark stands for. */
    void restore(int block) {
        image.restore(bytes, block);
    }
}
