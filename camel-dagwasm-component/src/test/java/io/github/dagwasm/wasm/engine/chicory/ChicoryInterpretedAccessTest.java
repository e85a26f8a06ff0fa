package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmAccessContract;
import io.github.dagwasm.wasm.engine.WasmEngine;
import java.util.List;

/** Of functions that the interpreter runs. */
class ChicoryInterpretedAccessTest extends WasmAccessContract {

    @Override
    protected WasmEngine engine() {
        return new InterpretedEngine();
    }

    /** Chicory's interpreter adds in 32 bits for these. */
    @Override
    protected boolean wraps(String instruction) {
        return List.of("i32.store8", "i64.store8", "i64.store32").contains(instruction);
    }
}
