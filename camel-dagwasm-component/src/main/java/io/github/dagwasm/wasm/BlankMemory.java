package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.util.Optional;

/**
 * A memory of zeros that cannot be written to, for what touches a host function before a guest.
 *
 * @param size how many bytes
 */
record BlankMemory(long size) implements WasmMemory {

    @Override
    public byte[] read(long address, int length) {
        return new byte[length];
    }

    @Override
    public void write(long address, byte[] bytes) {
        throw new IndexOutOfBoundsException();
    }

    @Override
    public void writeByte(long address, byte value) {
        throw new IndexOutOfBoundsException();
    }

    @Override
    public long indexOf(byte value, long from, long to) {
        return NOT_FOUND;
    }

    @Override
    public Optional<DagWasmException> refusedGrowth() {
        return Optional.empty();
    }
}
