package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.dagwasm.wasm.engine.CodeStore;
import io.github.dagwasm.wasm.engine.WasmAccessContract;
import io.github.dagwasm.wasm.engine.WasmEngine;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Of functions that the interpreter runs. */
class ChicoryInterpretedAccessTest extends WasmAccessContract {

    @Override
    protected WasmEngine engine() {
        return wasm -> {
            WasmModule module = Parser.parse(wasm);
            Set<Integer> all =
                    IntStream.range(0, module.functionSection().functionCount())
                            .boxed()
                            .collect(Collectors.toSet());
            return new KeptModules(CodeStore.NONE, FlatMemory::new)
                    .module(
                            "",
                            () -> module,
                            () -> module,
                            same -> ChicoryEngine.compile(same, all));
        };
    }

    /** Chicory's interpreter adds in 32 bits for these. */
    @Override
    protected boolean wraps(String instruction) {
        return List.of("i32.store8", "i64.store8", "i64.store32").contains(instruction);
    }
}
