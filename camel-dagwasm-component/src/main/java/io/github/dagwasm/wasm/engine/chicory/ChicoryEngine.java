package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.SectionId;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.io.ByteArrayInputStream;
import java.util.function.Function;

/**
 * Chicory, with its compiler to JVM bytecode. A function too large for a JVM method runs in
 * Chicory's interpreter. Safe for use by any number of threads.
 */
public final class ChicoryEngine implements WasmEngine {

    private static final int GARBAGE_COLLECTION_PREFIX = 0xfb;

    /** Makes the engine, and initialises every class that a running guest may need. */
    public ChicoryEngine() {
        RuntimeClasses.initialize();
    }

    @Override
    public WasmModule load(byte[] wasm) {
        try {
            com.dylibso.chicory.wasm.WasmModule module = parse(wasm);
            refuseObjects(module);
            return compile(module);
        } catch (Throwable t) {
            // Hostile bytes bring the parser and the compiler to throw anything, Errors too.
            throw EngineFailures.refusal(t);
        }
    }

    private static com.dylibso.chicory.wasm.WasmModule parse(byte[] wasm) {
        Parser.Builder parser = Parser.builder();
        // Custom sections are left out: nothing needs them, and each is one more thing to get
        // wrong.
        for (int id = SectionId.TYPE; id <= SectionId.TAG; id++) {
            parser.includeSectionId(id);
        }
        return parser.build().parse(() -> new ByteArrayInputStream(wasm));
    }

    /**
     * Objects of the guest's lie outside of its linear memory, where no limit is: not even i31s.
     */
    private static void refuseObjects(com.dylibso.chicory.wasm.WasmModule module) {
        for (FunctionBody body : module.codeSection().functionBodies()) {
            for (Instruction instruction : body.instructions()) {
                if (instruction.opcode().opcode() >> Byte.SIZE == GARBAGE_COLLECTION_PREFIX) {
                    throw new InvalidException(
                            instruction.opcode() + ", and garbage collection is not supported");
                }
            }
        }
    }

    private static WasmModule compile(com.dylibso.chicory.wasm.WasmModule module) {
        try {
            return new ChicoryModule(module, compile(module, InterpreterFallback.FAIL), false);
        } catch (ChicoryException e) {
            if (!tooLargeForMethod(e)) {
                throw e;
            }
            // The second compilation is how one learns of the fallback: it happens silently.
            return new ChicoryModule(module, compile(module, InterpreterFallback.SILENT), true);
        }
    }

    private static Function<Instance, Machine> compile(
            com.dylibso.chicory.wasm.WasmModule module, InterpreterFallback fallback) {
        return MachineFactoryCompiler.builder(module).withInterpreterFallback(fallback).compile();
    }

    /** By name: ASM is the compiler's dependency, not ours. */
    private static boolean tooLargeForMethod(ChicoryException e) {
        return e.getCause() != null
                && e.getCause().getClass().getSimpleName().equals("MethodTooLargeException");
    }
}
