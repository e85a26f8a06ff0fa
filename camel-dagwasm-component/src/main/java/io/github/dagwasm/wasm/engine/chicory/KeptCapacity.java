package io.github.dagwasm.wasm.engine.chicory;

/**
 * How much of the memory that a call has grown by is kept for the next ones: all of it, until many
 * calls in a row could do with less than half.
 */
final class KeptCapacity {

    /** How many calls have to need less. */
    static final int CALLS = 32;

    private int calls;
    private int most;

    /**
     * Says what to keep.
     *
     * @param used what the last call needed, in bytes
     * @param capacity what there is
     * @param least what is needed in any case
     * @return what to keep; no more than there is
     */
    int after(int used, int capacity, int least) {
        if (capacity == least || used >= capacity / 2) {
            calls = 0;
            most = 0;
            return capacity;
        }
        calls++;
        most = Math.max(most, used);
        if (calls < CALLS) {
            return capacity;
        }
        int keep = Math.max(most, least);
        calls = 0;
        most = 0;
        return keep;
    }
}
