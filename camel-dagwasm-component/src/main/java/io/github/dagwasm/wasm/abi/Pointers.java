package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.wasm.engine.WasmMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What all conventions say of addresses. */
final class Pointers {

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Pointers() {}

    /** A pointer is an unsigned number of 32 bits, whatever the engine keeps in the upper half. */
    static long unsigned(long result) {
        return Integer.toUnsignedLong((int) result);
    }

    /** The unsigned number that four bytes of the memory are, the lowest byte first. */
    static long unsignedAt(WasmMemory memory, long address) {
        return unsigned((int) INTS.get(memory.read(address, Integer.BYTES), 0));
    }

    /** For messages. */
    static String sizeOf(WasmMemory memory) {
        return "the memory of " + memory.size() + " bytes";
    }
}
