package io.github.dagwasm.wasm.engine;

import io.github.dagwasm.spi.DagWasmException;
import java.util.Optional;

/**
 * What the memories and tables of several instances come out of together. An instance that grows
 * takes what it grows by; who made the instance has taken what it begins with, and gives back all
 * of it when the instance is dropped. Used by one thread, that of the instance.
 */
public interface MemoryReserve {

    /** Has enough for everybody. */
    MemoryReserve UNLIMITED =
            new MemoryReserve() {
                @Override
                public Optional<DagWasmException> take(long bytes) {
                    return Optional.empty();
                }

                @Override
                public void give(long bytes) {}
            };

    /**
     * Takes something for an instance that runs. It never waits: others may wait for what that
     * instance has.
     *
     * @param bytes how much the instance grows by
     * @return empty if it is taken; else the failure that the call ends with if the guest does not
     *     bear that it cannot grow
     */
    Optional<DagWasmException> take(long bytes);

    /**
     * Gives back what an instance took and does not keep.
     *
     * @param bytes how much
     */
    void give(long bytes);
}
