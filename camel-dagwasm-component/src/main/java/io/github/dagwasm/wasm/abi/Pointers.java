package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.wasm.engine.WasmMemory;

/** What all conventions say of addresses. */
final class Pointers {

    private Pointers() {}

    /** A pointer is an unsigned number of 32 bits, whatever the engine keeps in the upper half. */
    static long unsigned(long result) {
        return Integer.toUnsignedLong((int) result);
    }

    /** For messages. */
    static String sizeOf(WasmMemory memory) {
        return "the memory of " + memory.size() + " bytes";
    }
}
