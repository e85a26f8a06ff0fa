package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.LimitExceededException;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import java.util.Optional;

/**
 * What the memory and the tables of one instance may still grow by, and what was refused. Used by
 * one thread, that of the instance.
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

    /** Why something was refused that the module's own maximum allows; the last refusal counts. */
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
     * Takes memory.
     *
     * @param bytes by how much what is held grows
     * @return whether it may
     */
    boolean takesMemory(long bytes) {
        return takes(bytes);
    }

    /**
     * Takes memory that can be done without: a refusal is no news.
     *
     * @param bytes by how much what is held grows
     * @return whether it may
     */
    boolean takesSpareMemory(long bytes) {
        DagWasmException before = refused;
        boolean taken = takes(bytes);
        refused = before;
        return taken;
    }

    /**
     * Gives memory back.
     *
     * @param bytes by how much what is held shrinks
     */
    void givesMemory(long bytes) {
        held -= bytes;
        reserve.give(bytes);
    }

    /**
     * Takes table entries.
     *
     * @param entries by how many a table grows
     * @return whether it may
     */
    boolean takesTableEntries(long entries) {
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
        if (!takes(entries * LimitedTable.ENTRY_BYTES)) {
            return false;
        }
        tableEntriesLeft -= entries;
        return true;
    }

    private boolean takes(long bytes) {
        if (bytes == 0) {
            return true;
        }
        Optional<DagWasmException> exhausted = reserve.take(bytes);
        if (exhausted.isPresent()) {
            refused = exhausted.get();
            return false;
        }
        held += bytes;
        return true;
    }
}
