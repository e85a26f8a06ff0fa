package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.engine.InstanceImage;
import io.github.dagwasm.wasm.engine.SpareMemory;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;

/** An instance that does what another one does. */
class ForwardingInstance implements WasmInstance {

    private final WasmInstance instance;

    ForwardingInstance(WasmInstance instance) {
        this.instance = instance;
    }

    final WasmInstance instance() {
        return instance;
    }

    @Override
    public void begin(Spending spending) {
        instance.begin(spending);
    }

    @Override
    public final long fuelUsed() {
        return instance.fuelUsed();
    }

    @Override
    public long[] call(String function, long... arguments) throws InterruptedException {
        return instance.call(function, arguments);
    }

    @Override
    public final WasmMemory memory() {
        return instance.memory();
    }

    @Override
    public final void keep(long number) {
        instance.keep(number);
    }

    @Override
    public final long kept() {
        return instance.kept();
    }

    @Override
    public final long imageBytes() {
        return instance.imageBytes();
    }

    @Override
    public final InstanceImage image() {
        return instance.image();
    }

    @Override
    public final void adopt(InstanceImage image) throws InterruptedException {
        instance.adopt(image);
    }

    @Override
    public void reset() throws InterruptedException {
        instance.reset();
    }

    @Override
    public final long heldBytes() {
        return instance.heldBytes();
    }

    @Override
    public SpareMemory retire() throws InterruptedException {
        return instance.retire();
    }
}
