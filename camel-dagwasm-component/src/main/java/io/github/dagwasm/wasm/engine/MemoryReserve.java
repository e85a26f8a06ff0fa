package io.github.dagwasm.wasm.engine;

import io.github.dagwasm.spi.DagWasmException;
import java.util.Optional;

/**
 * What the memories and tables of several instances come out of together. An instance that grows
 * takes what it grows by; who made the instance has taken what it begins with, and gives back all
 * of it when the instance is dropped. Used by one thread, that of the instance.
 */
@FunctionalInterface
public interface MemoryReserve {

    /** Has enough for everybody. */
    MemoryReserve UNLIMITED = bytes -> Optional.empty();

    /**
     * Takes something for an instance that runs. It never waits: others may wait for what that
     * instance has.
     *
     * @param bytes how much the instance grows by
     * @return empty if it is taken; else the failure that the call ends with if the guest does not
     *     bear that it cannot grow
     */
    Optional<DagWasmException> take(long bytes);
}
