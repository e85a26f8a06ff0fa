package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import io.github.dagwasm.wasm.engine.InstanceImage;
import io.github.dagwasm.wasm.engine.SpareMemory;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;

/** One instance on Chicory. */
final class ChicoryInstance implements WasmInstance {

    private final Instance instance;
    private final ChicoryMemory memory;
    private final Meter meter;
    private final EngineFailures failures;

    ChicoryInstance(Instance instance, ChicoryMemory memory, Meter meter, EngineFailures failures) {
        this.instance = instance;
        this.memory = memory;
        this.meter = meter;
        this.failures = failures;
    }

    @Override
    public void begin(Spending spending) {
        meter.begin(spending);
    }

    @Override
    public long fuelUsed() {
        return meter.used();
    }

    @Override
    public long[] call(String function, long... arguments) throws InterruptedException {
        try {
            return instance.export(function).apply(arguments);
        } catch (Throwable t) {
            // A guest near 2^31 brings the engine to throw what no trap is: NPE, AIOOBE, Errors.
            throw failures.failure(t);
        }
    }

    @Override
    public WasmMemory memory() {
        return memory;
    }

    @Override
    public InstanceImage image() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void adopt(InstanceImage image) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long heldBytes() {
        return 0;
    }

    @Override
    public SpareMemory retire() {
        return () -> 0;
    }
}
