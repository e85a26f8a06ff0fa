package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmAccessContract;
import io.github.dagwasm.wasm.engine.WasmEngine;

/** Of compiled code. */
class ChicoryAccessTest extends WasmAccessContract {

    @Override
    protected WasmEngine engine() {
        return new ChicoryEngine();
    }
}
