package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Memory;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.util.Optional;

/** The host's view of an instance's memory. */
final class ChicoryMemory implements WasmMemory {

    private final FlatMemory memory;
    private final Growth growth;

    ChicoryMemory(FlatMemory memory, Growth growth) {
        this.memory = memory;
        this.growth = growth;
    }

    @Override
    public long size() {
        return (long) memory.pages() * Memory.PAGE_SIZE;
    }

    @Override
    public byte[] read(long address, int length) {
        require(address, length);
        return memory.readBytes((int) address, length);
    }

    @Override
    public void write(long address, byte[] bytes) {
        require(address, bytes.length);
        memory.write((int) address, bytes, 0, bytes.length);
    }

    @Override
    public void writeByte(long address, byte value) {
        require(address, 1);
        memory.writeByte((int) address, value);
    }

    @Override
    public long indexOf(byte value, long from, long to) {
        require(from, to - from);
        return memory.indexOf(value, (int) from, (int) to);
    }

    @Override
    public Optional<DagWasmException> refusedGrowth() {
        return growth.refused();
    }

    private void require(long address, long length) {
        if (!contains(address, length)) {
            // Constant: a host function that gets here may have little stack left.
            throw new IndexOutOfBoundsException("outside of the linear memory");
        }
    }
}
