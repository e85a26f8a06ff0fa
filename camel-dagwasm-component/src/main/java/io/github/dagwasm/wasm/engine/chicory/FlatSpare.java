package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.SpareMemory;

/** An array that was an instance's memory, clear. For one thread at a time. */
final class FlatSpare implements SpareMemory {

    private static final byte[] NOTHING = {};

    private byte[] array;
    private final KeptCapacity kept;
    private final long bytes;

    /**
     * Creates spare memory.
     *
     * @param array the array
     * @param kept how much of it was in use of late
     * @param bytes what the next instance holds with it
     */
    FlatSpare(byte[] array, KeptCapacity kept, long bytes) {
        this.array = array;
        this.kept = kept;
        this.bytes = bytes;
    }

    /** No memory. */
    static FlatSpare none() {
        return new FlatSpare(NOTHING, new KeptCapacity(), 0);
    }

    /** Takes the array out, so that nothing here holds it when its new owner drops it. */
    byte[] take() {
        byte[] taken = array;
        array = NOTHING;
        return taken;
    }

    KeptCapacity kept() {
        return kept;
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
