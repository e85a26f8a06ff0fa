package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;

/** One instance on Chicory. */
final class ChicoryInstance implements WasmInstance {

    private final Instance instance;
    private final ChicoryMemory memory;
    private final EngineFailures failures;

    ChicoryInstance(Instance instance, ChicoryMemory memory, EngineFailures failures) {
        this.instance = instance;
        this.memory = memory;
        this.failures = failures;
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
}
