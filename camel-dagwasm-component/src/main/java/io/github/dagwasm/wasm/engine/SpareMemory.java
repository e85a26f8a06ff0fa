package io.github.dagwasm.wasm.engine;

/**
 * Linear memory that an instance had and no longer has, clear of all that was in it, for the next
 * instance of the same module with the same limits.
 */
public interface SpareMemory {

    /**
     * What it takes of the JVM's heap.
     *
     * @return bytes, as {@link MemoryReserve} counts them
     */
    long bytes();
}
