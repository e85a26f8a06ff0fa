package io.github.dagwasm.wasm.engine.chicory;

/**
 * How many ticks of compiled code go by between two looks at the clock. That changes nothing of
 * what is counted.
 *
 * @param first at first
 * @param most at most
 */
record SliceSizes(int first, int most) {

    /** Between two ticks lies so little that even cold code does this many in a few ms. */
    static final SliceSizes USUAL = new SliceSizes(64, 1024);

    /** What a slice is to take: the look at the clock costs next to nothing then. */
    private static final long AIM_NANOS = 100_000;

    /**
     * The size of the next slice.
     *
     * @param size that of the last one
     * @param nanos how long that one took
     */
    int next(int size, long nanos) {
        if (nanos <= AIM_NANOS) {
            return Math.min(most, 2 * size);
        }
        return (int) Math.max(1, size * AIM_NANOS / nanos);
    }
}
