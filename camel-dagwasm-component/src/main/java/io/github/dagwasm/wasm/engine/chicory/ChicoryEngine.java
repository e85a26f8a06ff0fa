package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.SectionId;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.CodeStore;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Chicory, with its compiler to JVM bytecode. A function too large for a JVM method runs in
 * Chicory's interpreter. Safe for use by any number of threads.
 */
public final class ChicoryEngine implements WasmEngine {

    private static final int GARBAGE_COLLECTION_PREFIX = 0xfb;

    /** Each but the first is for a function that turned out to be too large for a JVM method. */
    private static final int MOST_PASSES = 16;

    private final KeptModules kept;
    private final KeptModules unkept;

    /** Makes the engine, and initialises every class that a running guest may need. */
    public ChicoryEngine() {
        this(CodeStore.NONE);
    }

    /**
     * Makes an engine that keeps what it compiles for later processes.
     *
     * @param store where
     */
    public ChicoryEngine(CodeStore store) {
        this(store, FlatMemory::new);
    }

    /**
     * Makes an engine for tests.
     *
     * @param memories makes the memory of each instance
     */
    ChicoryEngine(FlatMemory.Factory memories) {
        this(CodeStore.NONE, memories);
    }

    private ChicoryEngine(CodeStore store, FlatMemory.Factory memories) {
        kept = new KeptModules(store, memories);
        unkept = new KeptModules(CodeStore.NONE, memories);
        RuntimeClasses.initialize(kept);
    }

    @Override
    public WasmModule load(byte[] wasm) {
        return load(unkept, "", wasm);
    }

    @Override
    public WasmModule load(byte[] wasm, String sha256) {
        return load(kept, sha256, wasm);
    }

    private static WasmModule load(KeptModules kept, String key, byte[] wasm) {
        try {
            return kept.module(
                    key,
                    () -> MendedModule.of(unvalidated(wasm)),
                    () -> parsed(wasm),
                    ChicoryEngine::compileWhatFits,
                    FunctionNames.of(wasm));
        } catch (Throwable t) {
            // Hostile bytes bring the parser and the compiler to throw anything, Errors too.
            throw EngineFailures.refusal(t);
        }
    }

    /** Reads a module, and sees whether it is valid. */
    static com.dylibso.chicory.wasm.WasmModule parsed(byte[] wasm) {
        com.dylibso.chicory.wasm.WasmModule module = unvalidated(wasm);
        FunctionReferences.validate(module);
        refuseObjects(module);
        return MendedModule.of(module);
    }

    private static com.dylibso.chicory.wasm.WasmModule unvalidated(byte[] wasm) {
        return parser().withValidation(false).build().parse(() -> new ByteArrayInputStream(wasm));
    }

    private static Parser.Builder parser() {
        Parser.Builder parser = Parser.builder();
        // Custom sections are left out: nothing needs them, and each is one more thing to get
        // wrong.
        for (int id = SectionId.TYPE; id <= SectionId.TAG; id++) {
            parser.includeSectionId(id);
        }
        return parser;
    }

    /**
     * Objects of the guest's lie outside of its linear memory, where no limit is: not even i31s.
     */
    private static void refuseObjects(com.dylibso.chicory.wasm.WasmModule module) {
        for (FunctionBody body : module.codeSection().functionBodies()) {
            refuseObjects(body.instructions());
        }
        for (Global global : module.globalSection().globals()) {
            refuseObjects(global.initInstructions());
        }
        for (int i = 0; i < module.tableSection().tableCount(); i++) {
            refuseObjects(module.tableSection().getTable(i).initialize());
        }
        for (Element element : module.elementSection().elements()) {
            element.initializers().forEach(ChicoryEngine::refuseObjects);
        }
    }

    private static void refuseObjects(List<? extends Instruction> code) {
        for (Instruction instruction : code) {
            if (instruction.opcode().opcode() >> Byte.SIZE == GARBAGE_COLLECTION_PREFIX) {
                throw new ModuleRefusedException(
                        "it uses "
                                + instruction.opcode().name().toLowerCase(Locale.ROOT)
                                + ", and garbage collection is not supported");
            }
        }
    }

    /** The compiler stops at a function that does not fit, and then begins anew without it. */
    private static CompilerResult compileWhatFits(com.dylibso.chicory.wasm.WasmModule module) {
        Set<Integer> interpreted = new HashSet<>(MethodSizes.surelyTooLarge(module));
        for (int passes = 1; ; passes++) {
            try {
                return compile(module, interpreted);
            } catch (ChicoryException e) {
                Set<Integer> tooLarge = MethodSizes.tooLarge(e);
                if (tooLarge.isEmpty()) {
                    throw e;
                }
                if (passes == MOST_PASSES) {
                    throw new ModuleRefusedException(
                            "it has too many functions that are a little too large for a JVM method:"
                                    + " each but the first "
                                    + passes
                                    + " would have all others compiled once more; build it with"
                                    + " smaller functions, or optimized for size",
                            e);
                }
                interpreted.addAll(tooLarge);
            }
        }
    }

    /**
     * Compiles a module.
     *
     * @param interpreted functions to interpret
     * @throws ChicoryException if another one is too large for a JVM method
     */
    static CompilerResult compile(
            com.dylibso.chicory.wasm.WasmModule module, Set<Integer> interpreted) {
        int imports = module.importSection().count(ExternalType.FUNCTION);
        CompilerResult result =
                Compiler.builder(module)
                        .withInterpretedFunctions(interpreted)
                        .withInterpreterFallback(InterpreterFallback.FAIL)
                        .withClassCollectorFactory(() -> new InstrumentedClasses(imports))
                        .build()
                        .compile();
        InstrumentedClasses classes = (InstrumentedClasses) result.collector();
        classes.requireCounted(module.functionSection().functionCount());
        return result;
    }
}
