package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import io.github.dagwasm.wasm.engine.CodeStore;
import io.github.dagwasm.wasm.engine.WasmEngine;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The engine, as if functions were too large for a JVM method: all of them, or some, run in the
 * interpreter.
 */
final class InterpretedEngine implements WasmEngine {

    private final KeptModules modules = new KeptModules(CodeStore.NONE, FlatMemory::new);
    private final Optional<Set<Integer>> chosen;

    InterpretedEngine() {
        chosen = Optional.empty();
    }

    InterpretedEngine(Set<Integer> functions) {
        chosen = Optional.of(functions);
    }

    @Override
    public io.github.dagwasm.wasm.engine.WasmModule load(byte[] wasm) {
        try {
            WasmModule module = ChicoryEngine.parsed(wasm);
            return modules.module(
                    "",
                    () -> module,
                    () -> module,
                    same -> ChicoryEngine.compile(same, chosen.orElseGet(() -> functions(module))),
                    FunctionNames.of(wasm));
        } catch (Throwable t) {
            throw EngineFailures.refusal(t);
        }
    }

    /** The indices of all functions, imports counted. */
    private static Set<Integer> functions(WasmModule module) {
        int imports = module.importSection().count(ExternalType.FUNCTION);
        return IntStream.range(0, module.functionSection().functionCount())
                .mapToObj(i -> imports + i)
                .collect(Collectors.toSet());
    }
}
