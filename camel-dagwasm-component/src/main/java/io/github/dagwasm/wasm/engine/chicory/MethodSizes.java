package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.MethodTooLargeException;

/**
 * Tells which functions no JVM method can hold: most without compiling, because Chicory's compiler
 * finds them one by one, and compiles all others again after each.
 */
final class MethodSizes {

    /** What Chicory calls the methods of functions, before their index. */
    private static final String FUNCTION = "func_";

    /** The largest body of a JVM method. */
    static final int METHOD_BYTES = 65_535;

    /** Instructions that may become nothing at all. */
    private static final Set<OpCode> FREE =
            EnumSet.of(OpCode.NOP, OpCode.BLOCK, OpCode.LOOP, OpCode.END, OpCode.DROP);

    /** A tick, four arguments and the call itself. */
    private static final int CALL_BYTES = 11;

    /** The table, four arguments and the call itself. */
    private static final int CALL_INDIRECT_BYTES = 8;

    private static final int GLOBAL_BYTES = 5;
    private static final int MEMORY_BYTES = 5;
    private static final int BRANCH_BYTES = 3;
    private static final int TARGET_BYTES = 4;
    private static final int NEAR_LOCALS = 256;
    private static final int LOCAL_BYTES = 2;
    private static final int FAR_LOCAL_BYTES = 5;

    private MethodSizes() {}

    /** The indices of such functions, imports counted; others may turn out to be too large too. */
    static Set<Integer> surelyTooLarge(WasmModule module) {
        int imports = module.importSection().count(ExternalType.FUNCTION);
        Set<Integer> found = new HashSet<>();
        FunctionBody[] bodies = module.codeSection().functionBodies();
        for (int i = 0; i < bodies.length; i++) {
            long bytes = leastBytesOfLocals(bodies[i].localTypes().size());
            for (Instruction instruction : LiveCode.of(bodies[i].instructions())) {
                bytes += leastBytes(instruction);
            }
            if (bytes > METHOD_BYTES) {
                found.add(imports + i);
            }
        }
        return found;
    }

    /**
     * The functions for which the compiler gave up, if that was the reason: the one that it names,
     * and others that {@link LargeMethods} found.
     */
    static Set<Integer> tooLarge(ChicoryException e) {
        Set<Integer> found = new HashSet<>();
        if (e.getCause() instanceof MethodTooLargeException first) {
            addFunction(found, first);
            for (Throwable other : first.getSuppressed()) {
                addFunction(found, other);
            }
        }
        return found;
    }

    private static void addFunction(Set<Integer> found, Throwable thrown) {
        if (thrown instanceof MethodTooLargeException method
                && method.getMethodName().startsWith(FUNCTION)) {
            found.add(Integer.valueOf(method.getMethodName().substring(FUNCTION.length())));
        }
    }

    /** Each begins as a constant that is stored, far ones by a longer instruction. */
    private static long leastBytesOfLocals(int locals) {
        return (long) LOCAL_BYTES * Math.min(locals, NEAR_LOCALS)
                + (long) FAR_LOCAL_BYTES * Math.max(0, locals - NEAR_LOCALS);
    }

    private static long leastBytes(Instruction instruction) {
        OpCode opcode = instruction.opcode();
        if (FREE.contains(opcode)) {
            return 0;
        }
        return switch (opcode) {
            case CALL, RETURN_CALL -> CALL_BYTES;
            case CALL_INDIRECT, RETURN_CALL_INDIRECT -> CALL_INDIRECT_BYTES;
            case GLOBAL_GET, GLOBAL_SET -> GLOBAL_BYTES;
            case BR_IF -> BRANCH_BYTES;
            case BR_TABLE -> (long) TARGET_BYTES * instruction.operandCount();
            default -> touchesMemory(opcode) ? MEMORY_BYTES : 1;
        };
    }

    private static boolean touchesMemory(OpCode opcode) {
        return opcode.compareTo(OpCode.I32_LOAD) >= 0 && opcode.compareTo(OpCode.I64_STORE32) <= 0;
    }
}
