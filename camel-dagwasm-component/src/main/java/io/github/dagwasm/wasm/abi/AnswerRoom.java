package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.wasm.engine.HeapCost;
import io.github.dagwasm.wasm.engine.MemoryReserve;

/**
 * Room for the answer of one call: how long the answer may be, and the host's memory for copies of
 * it, taken before each copy is made. Copies below {@value #SMALLEST} bytes are free: they are too
 * small to fill a heap before there are as many calls as threads. For one thread at a time.
 */
public final class AnswerRoom {

    /** Smaller copies cost nothing. */
    public static final int SMALLEST = 64 << 10;

    /** A text may come to be held in both of its forms. */
    private static final int FORMS = 2;

    private static final String OPTION = "limits.output_bytes";
    private static final String LIMIT = "output bytes";

    private final long mostBytes;
    private final MemoryReserve reserve;
    private long taken;

    /**
     * Nothing is taken yet.
     *
     * @param mostBytes how many bytes of UTF-8 the answer may have
     * @param reserve where room for copies comes from
     */
    public AnswerRoom(long mostBytes, MemoryReserve reserve) {
        this.mostBytes = mostBytes;
        this.reserve = reserve;
    }

    /** How many bytes of UTF-8 the answer may have. */
    long mostBytes() {
        return mostBytes;
    }

    /**
     * Sees that an answer is not too long.
     *
     * @param bytes how long it is in UTF-8
     * @throws LimitExceededException if it is
     */
    void require(long bytes) {
        if (bytes > mostBytes) {
            throw new LimitExceededException(LIMIT, mostBytes, bytes, OPTION);
        }
    }

    /** The failure of an answer that is too long, nobody knows by how much. */
    LimitExceededException exceeded() {
        return LimitExceededException.byMore(LIMIT, mostBytes, OPTION);
    }

    /**
     * Takes the room of a copy, before it is made.
     *
     * @param bytes how long it is
     * @return the same length, which an array then has
     * @throws SandboxFullException if there is no room; the call ends with that
     */
    int take(long bytes) {
        long cost = cost(bytes);
        if (cost > 0) {
            reserve.take(cost);
            taken += cost;
        }
        return (int) bytes;
    }

    /**
     * Gives back the room of a copy that is not in use any more.
     *
     * @param bytes how long it is
     */
    void give(long bytes) {
        long cost = cost(bytes);
        if (cost > 0) {
            taken -= cost;
            reserve.give(cost);
        }
    }

    /**
     * Leaves no more taken than the answer costs, in both of its forms: all else is garbage.
     *
     * @param bytes how long the answer is in UTF-8
     * @return what is left taken, for the caller to give back
     * @throws SandboxFullException if there is no room; the call ends with that
     */
    public long settle(long bytes) {
        long cost = FORMS * cost(bytes);
        if (cost > taken) {
            reserve.take(cost - taken);
        } else if (cost < taken) {
            reserve.give(taken - cost);
        }
        taken = 0;
        return cost;
    }

    private static long cost(long bytes) {
        return bytes < SMALLEST ? 0 : HeapCost.ofArray(bytes);
    }
}
