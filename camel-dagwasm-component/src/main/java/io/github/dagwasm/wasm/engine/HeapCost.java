package io.github.dagwasm.wasm.engine;

/**
 * Cost of an array in bytes of the JVM's heap. G1 gives an array of half a heap region or more
 * whole regions of its own: an array of 1 MiB takes 2 MiB where regions have 1 MiB. The sizes of G1
 * count under every collector, so that a bound means the same under all of them.
 */
public final class HeapCost {

    /** An array's header. */
    private static final int HEADER_BYTES = 16;

    /** G1 cuts the largest heap into about as many regions. */
    private static final int REGIONS = 2048;

    private static final long SMALLEST_REGION = 1L << 20;
    private static final long LARGEST_REGION = 32L << 20;

    private static final HeapCost OF_THIS_JVM = new HeapCost(Runtime.getRuntime().maxMemory());

    private final long region;

    /**
     * Creates the cost for a JVM.
     *
     * @param maxHeap the largest size of its heap, in bytes
     */
    HeapCost(long maxHeap) {
        long size = Math.max(SMALLEST_REGION, Math.min(LARGEST_REGION, maxHeap / REGIONS));
        long below = Long.highestOneBit(size);
        region = below == size ? size : below << 1;
    }

    /**
     * Returns what an array takes of this JVM's heap.
     *
     * @param length the size of its content in bytes, not negative
     * @return bytes, at least the length
     */
    public static long ofArray(long length) {
        return OF_THIS_JVM.of(length);
    }

    long of(long length) {
        long whole = length + HEADER_BYTES;
        return whole <= region / 2 ? length : (whole + region - 1) & -region;
    }
}
