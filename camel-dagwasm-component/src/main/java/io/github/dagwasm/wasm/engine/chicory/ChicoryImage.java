package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.InstanceImage;

/**
 * An instance's state.
 *
 * @param module what it is an instance of
 * @param memory its linear memory
 * @param globals the values of its mutable globals; never changed
 * @param kept what {@link ChicoryInstance#keep} was told last
 */
@SuppressWarnings("ArrayRecordComponent")
record ChicoryImage(ChicoryModule module, MemoryImage memory, long[] globals, long kept)
        implements InstanceImage {

    @Override
    public long bytes() {
        return memory.bytes() + (long) globals.length * Long.BYTES;
    }
}
