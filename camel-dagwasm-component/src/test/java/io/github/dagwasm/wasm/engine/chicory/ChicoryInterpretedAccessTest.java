package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmAccessContract;
import io.github.dagwasm.wasm.engine.WasmEngine;

/** Of functions that the interpreter runs. */
class ChicoryInterpretedAccessTest extends WasmAccessContract {

    @Override
    protected WasmEngine engine() {
        return new InterpretedEngine();
    }
}
