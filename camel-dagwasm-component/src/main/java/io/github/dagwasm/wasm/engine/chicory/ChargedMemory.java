package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.util.Optional;

/** The memory as host functions see it: what they copy is charged, as the guest caused it. */
final class ChargedMemory implements WasmMemory {

    private final WasmMemory memory;
    private final Meter meter;

    ChargedMemory(WasmMemory memory, Meter meter) {
        this.memory = memory;
        this.meter = meter;
    }

    @Override
    public long size() {
        return memory.size();
    }

    @Override
    public byte[] read(long address, int length) {
        byte[] bytes = memory.read(address, length);
        meter.bulk(length);
        return bytes;
    }

    @Override
    public void write(long address, byte[] bytes) {
        memory.write(address, bytes);
        meter.bulk(bytes.length);
    }

    @Override
    public void writeByte(long address, byte value) {
        memory.writeByte(address, value);
        meter.bulk(1);
    }

    @Override
    public long indexOf(byte value, long from, long to) {
        long found = memory.indexOf(value, from, to);
        meter.bulk((found == NOT_FOUND ? to : found) - from);
        return found;
    }

    /** Lets the guest wait, at the expense of its time. */
    void sleep(long nanos) {
        meter.sleep(nanos);
    }

    @Override
    public Optional<DagWasmException> refusedGrowth() {
        return memory.refusedGrowth();
    }
}
