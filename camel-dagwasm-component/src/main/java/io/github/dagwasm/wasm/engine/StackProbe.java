package io.github.dagwasm.wasm.engine;

/** Proves that a host function has stack enough for all that it may do. Stateless. */
final class StackProbe {

    /**
     * Each frame holds sixteen longs: at least 128 bytes compiled, more interpreted. So the probe
     * reaches at least 24 KiB down, and what a host function does needs less than a quarter of
     * that.
     */
    private static final int FRAMES = 192;

    private StackProbe() {}

    /**
     * Goes down and comes back.
     *
     * @throws StackOverflowError if the stack ends before. It is thrown on as it is: to make
     *     another exception here would take the stack that there is not.
     */
    static void check() {
        long unused = descend(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        if (unused == 0) {
            throw new AssertionError("the sum of positive numbers is positive");
        }
    }

    private static long descend(
            int frames,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h,
            long i,
            long j,
            long k,
            long l,
            long m,
            long n,
            long o,
            long p) {
        if (frames == 0) {
            return a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p;
        }
        // The arguments change places, so that no compiler keeps them in registers all the way.
        return descend(frames - 1, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, a) + 1;
    }
}
