package io.github.dagwasm.wasm.engine;

/**
 * The state of an instance at one moment: linear memory, globals, size. Any number of instances of
 * the same module with the same limits share it. Immutable, so safe for use by any number of
 * threads.
 */
public interface InstanceImage {

    /**
     * What it takes of the JVM's heap.
     *
     * @return bytes
     */
    long bytes();
}
