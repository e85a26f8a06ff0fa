package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.engine.chicory.MarkedBytes.BLOCK_BYTES;
import static io.github.dagwasm.wasm.engine.chicory.MarkedBytes.BLOCK_SHIFT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A linear memory's content at one moment, without the blocks in which there is nothing: most of a
 * memory is a stack or a heap not used yet. Immutable.
 */
final class MemoryImage {

    /** What an array takes beside its content. */
    private static final int ARRAY_BYTES = 16;

    private static final byte[] NOTHING = {};

    /** Of a memory of no size. */
    static final MemoryImage EMPTY = new MemoryImage(NOTHING, 0);

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[][] blocks;
    private final int size;

    /**
     * Copies a memory.
     *
     * @param bytes the memory
     * @param size how many of them there are; whole blocks
     */
    MemoryImage(byte[] bytes, int size) {
        this.size = size;
        byte[][] copies = new byte[size >>> BLOCK_SHIFT][];
        int used = 0;
        for (int i = 0; i < copies.length; i++) {
            int from = i << BLOCK_SHIFT;
            copies[i] = copy(bytes, from, from + BLOCK_BYTES);
            if (copies[i] != NOTHING) {
                used = i + 1;
            }
        }
        blocks = Arrays.copyOf(copies, used);
    }

    private static byte[] copy(byte[] bytes, int from, int to) {
        return isClear(bytes, from, to) ? NOTHING : Arrays.copyOfRange(bytes, from, to);
    }

    private static boolean isClear(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * What an image of a memory takes of the heap at most, found without making one.
     *
     * @param bytes the memory
     * @param size how many of them there are; whole blocks
     */
    static long bytes(byte[] bytes, int size) {
        long sum = ARRAY_BYTES;
        for (int from = 0; from < size; from += BLOCK_BYTES) {
            sum += Integer.BYTES;
            sum += isClear(bytes, from, from + BLOCK_BYTES) ? 0 : ARRAY_BYTES + BLOCK_BYTES;
        }
        return sum;
    }

    /** The size of the memory, in bytes. */
    int size() {
        return size;
    }

    /** What the image takes of the heap. */
    long bytes() {
        long sum = ARRAY_BYTES + (long) blocks.length * Integer.BYTES;
        for (byte[] block : blocks) {
            sum += block.length == 0 ? 0 : ARRAY_BYTES + block.length;
        }
        return sum;
    }

    /** Copies all of it into a clear array. */
    void writeTo(byte[] target) {
        for (int i = 0; i < blocks.length; i++) {
            System.arraycopy(blocks[i], 0, target, i << BLOCK_SHIFT, blocks[i].length);
        }
    }

    /** Clears an array that holds all of it. */
    void eraseFrom(byte[] target) {
        for (int i = 0; i < blocks.length; i++) {
            int from = i << BLOCK_SHIFT;
            Arrays.fill(target, from, from + blocks[i].length, (byte) 0);
        }
    }

    /**
     * Sets back what a marked block stands for: the block, and what a store may reach before it.
     */
    void restore(byte[] target, int block) {
        int from = block << BLOCK_SHIFT;
        byte[] own = at(block);
        if (own.length > 0) {
            System.arraycopy(own, 0, target, from, BLOCK_BYTES);
        } else {
            Arrays.fill(target, from, from + BLOCK_BYTES, (byte) 0);
        }
        if (block > 0) {
            // One byte more than a store reaches, so that it is a single access.
            byte[] before = at(block - 1);
            long end = before.length > 0 ? (long) LONGS.get(before, BLOCK_BYTES - Long.BYTES) : 0;
            LONGS.set(target, from - Long.BYTES, end);
        }
    }

    /** A block of the image, of no bytes where all are zero. */
    private byte[] at(int block) {
        return block < blocks.length ? blocks[block] : NOTHING;
    }
}
