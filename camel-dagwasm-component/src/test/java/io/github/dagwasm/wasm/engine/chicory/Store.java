package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import java.util.function.ObjIntConsumer;

/** All that writes to a memory at one address. */
@SuppressWarnings("ImmutableEnumChecker")
enum Store {
    BYTE((memory, address) -> memory.writeByte(address, (byte) -1)),
    SHORT((memory, address) -> memory.writeShort(address, (short) -1)),
    INT((memory, address) -> memory.writeI32(address, -1)),
    LONG((memory, address) -> memory.writeLong(address, -1)),
    FLOAT((memory, address) -> memory.writeF32(address, -1)),
    DOUBLE((memory, address) -> memory.writeF64(address, -1)),
    HOST((memory, address) -> memory.write(address, new byte[] {-1, -1, -1})),
    FILL((memory, address) -> memory.fill((byte) -1, address, address + 5)),
    COPY((memory, address) -> memory.copy(address, 0, 5)),
    ATOMIC((memory, address) -> memory.atomicXchgLong(address, -1));

    private final ObjIntConsumer<Memory> store;

    Store(ObjIntConsumer<Memory> store) {
        this.store = store;
    }

    /** Whether it was done; else it trapped. */
    boolean to(Memory memory, int address) {
        try {
            store.accept(memory, address);
            return true;
        } catch (ChicoryException e) {
            return false;
        }
    }
}
