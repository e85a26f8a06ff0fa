package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmInterruptContract;

class ChicoryInterruptTest extends WasmInterruptContract {

    @Override
    protected WasmEngine engine() {
        return new ChicoryEngine();
    }
}
