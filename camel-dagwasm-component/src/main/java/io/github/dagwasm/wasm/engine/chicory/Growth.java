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
    private DagWasmException refused;

    /**
     * Begins with what the module declares taken.
     *
     * @param limits what the instance may have
     * @param declaredTableEntries what its tables begin with
     * @param reserve where what it grows by comes from
     */
    Growth(InstanceLimits limits, long declaredTableEntries, MemoryReserve reserve) {
        this.limits = limits;
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

    /**
     * Takes memory.
     *
     * @param bytes by how much it grows
     * @param size how large it would be then
     * @return whether it may
     */
    boolean takesMemory(long bytes, long size) {
        if (size > limits.memoryBytes()) {
            refused =
                    new LimitExceededException(
                            "memory bytes", limits.memoryBytes(), size, "limits.memory_mb");
            return false;
        }
        return takes(bytes);
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
        exhausted.ifPresent(failure -> refused = failure);
        return exhausted.isEmpty();
    }
}
