package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmResetContract;

class ChicoryResetTest extends WasmResetContract {

    @Override
    protected WasmEngine engine() {
        return new ChicoryEngine();
    }
}
