package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Something that writes to a memory at an address.
 *
 * @param name what it is called
 * @param write what it does
 */
record Store(String name, ObjIntConsumer<Memory> write) {

    static final Store LONG = new Store("long", (memory, at) -> memory.writeLong(at, -1));

    /** All kinds. */
    static final List<Store> ALL =
            List.of(
                    LONG,
                    new Store("byte", (memory, at) -> memory.writeByte(at, (byte) -1)),
                    new Store("short", (memory, at) -> memory.writeShort(at, (short) -1)),
                    new Store("int", (memory, at) -> memory.writeI32(at, -1)),
                    new Store("float", (memory, at) -> memory.writeF32(at, -1)),
                    new Store("double", (memory, at) -> memory.writeF64(at, -1)),
                    new Store("host", (memory, at) -> memory.write(at, new byte[] {-1, -1, -1})),
                    new Store("fill", (memory, at) -> memory.fill((byte) -1, at, at + 5)),
                    new Store("copy", (memory, at) -> memory.copy(at, 0, 5)),
                    new Store("atomic", (memory, at) -> memory.atomicXchgLong(at, -1)));

    /** Whether it was done; else it trapped. */
    boolean to(Memory memory, int address) {
        try {
            write.accept(memory, address);
            return true;
        } catch (ChicoryException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
