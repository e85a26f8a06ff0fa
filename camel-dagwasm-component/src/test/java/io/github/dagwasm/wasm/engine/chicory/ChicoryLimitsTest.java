package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmLimitsContract;

class ChicoryLimitsTest extends WasmLimitsContract {

    @Override
    protected WasmEngine engine() {
        return new ChicoryEngine();
    }
}
