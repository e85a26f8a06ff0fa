package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.SpareMemory;

/**
 * An array that was an instance's memory, clear.
 *
 * @param array the array
 * @param kept how much of it was in use of late
 * @param bytes what the next instance holds with it
 */
@SuppressWarnings("ArrayRecordComponent")
record FlatSpare(byte[] array, KeptCapacity kept, long bytes) implements SpareMemory {

    /** No memory. */
    static FlatSpare none() {
        return new FlatSpare(new byte[0], new KeptCapacity(), 0);
    }
}
