package io.github.dagwasm.wasm.engine;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.SandboxFullException;

/**
 * Source of the memories and tables of several instances. An instance takes from it the cost of
 * each new array ({@link HeapCost}) before it makes the array, and gives back the cost of the old
 * one when that is no longer in use: while an instance copies, it holds both. The maker of an
 * instance takes what the instance begins with, and gives everything back when the instance is
 * dropped. Used by one thread, that of the instance.
 *
 * <p>A guest never learns that something was missing here: it gets what it asked for, or its call
 * ends.
 */
public interface MemoryReserve {

    /** Has enough for everybody. */
    MemoryReserve UNLIMITED =
            new MemoryReserve() {
                @Override
                public boolean tryTake(long bytes) {
                    return true;
                }

                @Override
                public void take(long bytes) {}

                @Override
                public void give(long bytes) {}

                @Override
                public DagWasmException heapSpent(OutOfMemoryError cause) {
                    return SandboxFullException.heapSpent(cause);
                }
            };

    /**
     * Takes something that the instance can do without. Never waits.
     *
     * @param bytes how much
     * @return whether it is taken
     */
    boolean tryTake(long bytes);

    /**
     * Takes something that the instance cannot do without. Never waits: others may wait for what
     * the instance has.
     *
     * @param bytes how much
     * @throws SandboxFullException if it cannot be had; the call ends with that
     */
    void take(long bytes);

    /**
     * Gives back what an instance took and does not keep.
     *
     * @param bytes how much
     */
    void give(long bytes);

    /**
     * Returns the failure of a call for which the JVM found no room in its heap.
     *
     * @param cause what the JVM said
     * @return the failure; the call ends with it
     */
    DagWasmException heapSpent(OutOfMemoryError cause);
}
