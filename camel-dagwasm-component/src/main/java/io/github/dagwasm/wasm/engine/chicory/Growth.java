package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.wasm.engine.HeapCost;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import java.util.Optional;

/**
 * Room that the memory and the tables of one instance have and may still get. The instance's own
 * limits refuse growth, as the guest is told; want of the host's room ends the call. Used by one
 * thread, that of the instance.
 */
final class Growth {

    private final InstanceLimits limits;
    private final MemoryReserve reserve;
    private long tableEntriesLeft;
    private long held;
    private DagWasmException refused;

    /**
     * Begins with what the module declares taken.
     *
     * @param limits what the instance may have
     * @param declaredTableEntries what its tables begin with
     * @param held what was taken for it, in bytes
     * @param reserve where what it grows by comes from
     */
    Growth(InstanceLimits limits, long declaredTableEntries, long held, MemoryReserve reserve) {
        this.limits = limits;
        this.held = held;
        this.reserve = reserve;
        tableEntriesLeft = limits.tableEntries() - declaredTableEntries;
    }

    long memoryBytes() {
        return limits.memoryBytes();
    }

    /** The limit that refused what the module's own maximum allows; the last refusal counts. */
    Optional<DagWasmException> refused() {
        return Optional.ofNullable(refused);
    }

    /** Begins anew: what was refused before is no news any more. */
    void forgetRefusal() {
        refused = null;
    }

    /** What the instance holds of the reserve, in bytes. */
    long held() {
        return held;
    }

    /**
     * Compares with the limit.
     *
     * @param size how large the memory would be then, in bytes
     * @return whether it may
     */
    boolean allowsMemory(long size) {
        if (size > limits.memoryBytes()) {
            refused =
                    new LimitExceededException(
                            "memory bytes", limits.memoryBytes(), size, "limits.memory_mb");
            return false;
        }
        return true;
    }

    /**
     * Takes table entries out of the limit.
     *
     * @param entries by how many a table grows
     * @return whether it may
     */
    boolean allowsTableEntries(long entries) {
        if (entries > tableEntriesLeft) {
            long limit = limits.tableEntries();
            refused =
                    new LimitExceededException(
                            "table entries",
                            limit,
                            limit - tableEntriesLeft + entries,
                            "limits.table_entries");
            return false;
        }
        tableEntriesLeft -= entries;
        return true;
    }

    /**
     * Takes room for an array that the instance can do without.
     *
     * @param length the array's size in bytes
     * @return whether it is taken
     */
    boolean triesToTake(long length) {
        long cost = HeapCost.ofArray(length);
        boolean taken = reserve.tryTake(cost);
        held += taken ? cost : 0;
        return taken;
    }

    /**
     * Takes room for an array, before it is made.
     *
     * @param length the array's size in bytes
     * @throws SandboxFullException if there is none
     */
    void take(long length) {
        takeMore(HeapCost.ofArray(length));
    }

    /**
     * Takes room for an array in place of another that is gone by the time it is made.
     *
     * @param length the array's size in bytes
     * @param gone the other's size in bytes
     * @throws SandboxFullException if there is none
     */
    void takeInstead(long length, long gone) {
        takeMore(Math.max(0, HeapCost.ofArray(length) - HeapCost.ofArray(gone)));
    }

    private void takeMore(long cost) {
        if (cost == 0) {
            return;
        }
        reserve.take(cost);
        held += cost;
    }

    /**
     * Gives back the room of an array that is gone.
     *
     * @param length the array's size in bytes
     */
    void give(long length) {
        long cost = HeapCost.ofArray(length);
        held -= cost;
        reserve.give(cost);
    }

    /** The failure of a call for which the JVM found no room in its heap. */
    DagWasmException heapSpent(OutOfMemoryError cause) {
        return reserve.heapSpent(cause);
    }
}
