package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.dagwasm.wasm.engine.CodeStore;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Modules that need not be compiled, nor validated again, because they were before.
 *
 * @param store where what they were compiled to is kept
 * @param memories makes the memory of each of their instances
 */
record KeptModules(CodeStore store, FlatMemory.Factory memories) {

    /**
     * A module whose code is kept, or else compiled and kept.
     *
     * @param key what the code follows from; of a module its digest, in lower-case hexadecimal
     * @param valid parses a module that was found to be valid when it was compiled
     * @param unknown parses one that was not, and sees whether it is
     * @param compiler compiles it
     * @param names the names of its functions
     */
    ChicoryModule module(
            String key,
            Supplier<WasmModule> valid,
            Supplier<WasmModule> unknown,
            Function<WasmModule, CompilerResult> compiler,
            FunctionNames names) {
        return store.find(key)
                .flatMap(GeneratedCode::read)
                .flatMap(code -> defined(code, valid, names))
                .orElseGet(
                        () -> {
                            WasmModule module = unknown.get();
                            CompilerResult result = compiler.apply(module);
                            store.keep(key, GeneratedCode.of(result).written());
                            return compiled(module, result, names);
                        });
    }

    private ChicoryModule compiled(WasmModule module, CompilerResult result, FunctionNames names) {
        Function<Instance, Machine> machines =
                ((InstrumentedClasses) result.collector()).machineFactory();
        return module(module, machines, result.interpretedFunctions(), names);
    }

    private Optional<ChicoryModule> defined(
            GeneratedCode code, Supplier<WasmModule> valid, FunctionNames names) {
        try {
            Function<Instance, Machine> machines = code.machines();
            return Optional.of(module(valid.get(), machines, code.interpreted(), names));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    private ChicoryModule module(
            WasmModule module,
            Function<Instance, Machine> machines,
            Set<Integer> interpreted,
            FunctionNames names) {
        return new ChicoryModule(
                MendedModule.of(module, interpreted), machines, interpreted, names, memories);
    }
}
