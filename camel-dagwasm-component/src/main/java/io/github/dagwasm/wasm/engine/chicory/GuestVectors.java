package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmMemory;

/** The ranges of its memory that a guest wants read into or written from in one call. Immutable. */
final class GuestVectors {

    /** Of more than these the first are taken: to read or write less than was asked is allowed. */
    private static final int MOST = 1024;

    private static final int VECTOR_BYTES = 8;

    private final byte[] table;

    private GuestVectors(byte[] table) {
        this.table = table;
    }

    /**
     * Reads the table, and sees that all of its ranges lie in the memory.
     *
     * @param address where it is
     * @param count how many ranges it has
     */
    static GuestVectors of(WasmMemory memory, long address, long count) {
        GuestBytes.require(memory, address, count * VECTOR_BYTES);
        int taken = (int) Math.min(count, MOST);
        GuestVectors vectors = new GuestVectors(memory.read(address, taken * VECTOR_BYTES));
        for (int i = 0; i < taken; i++) {
            GuestBytes.require(memory, vectors.address(i), vectors.length(i));
        }
        return vectors;
    }

    int count() {
        return table.length / VECTOR_BYTES;
    }

    long address(int index) {
        return GuestBytes.unsigned(GuestBytes.intAt(table, index * VECTOR_BYTES));
    }

    long length(int index) {
        return GuestBytes.unsigned(GuestBytes.intAt(table, index * VECTOR_BYTES + Integer.BYTES));
    }
}
