package io.github.dagwasm.wasm.admission;

import java.util.Arrays;

/** A list of indexes that remembers no more than so many. */
final class Indexes {

    private static final int UNKNOWN = -1;
    private static final int FIRST_CAPACITY = 64;

    private final int most;
    private int[] values = {};
    private int known;
    private long count;

    Indexes(long most) {
        this.most = (int) Math.min(most, Integer.MAX_VALUE >> 2);
    }

    void add(long index) {
        count++;
        if (known == most) {
            return;
        }
        if (known == values.length) {
            int grown = Math.max(FIRST_CAPACITY, known * 2);
            values = Arrays.copyOf(values, Math.min(most, grown));
        }
        values[known++] = index > Integer.MAX_VALUE ? UNKNOWN : (int) index;
    }

    /** The index at a place; -1 where there is none or it is not remembered. */
    long get(long place) {
        return place >= 0 && place < known ? values[(int) place] : UNKNOWN;
    }

    int known() {
        return known;
    }

    /** How many were added, remembered or not. */
    long count() {
        return count;
    }
}
