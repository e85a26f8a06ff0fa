package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a module is in the way of setting its instances back. A reset restores linear memory, the
 * mutable globals and the size. What else of Chicory's {@code Instance} outlives a call must
 * therefore be out of the module's reach:
 *
 * <ul>
 *   <li>tables: written by instructions of their own only; no host function writes them;
 *   <li>data and element segments: only ever dropped, by instructions of their own; {@code
 *       memory.init} merely reads them;
 *   <li>exceptions by their tags ({@code exnRefs}): entered where one is caught by reference;
 *   <li>objects ({@code gcRefs}): their instructions are refused when the module is loaded;
 *   <li>the interpreter's stack and frames: there where a function is interpreted. Compiled code
 *       keeps operands and locals on the thread's stack;
 *   <li>the machine's count of open calls: set back as each call returns. Tail calls are compiled
 *       to a call and a return, but the interpreter goes on in its frames, and which of the two
 *       runs is not the module's to say.
 * </ul>
 *
 * <p>Functions, types, tags, imports and exports are never written. What host functions keep is the
 * business of who hands them in.
 */
final class ResetObstacle {

    private static final String TABLE = "it can change a table";
    private static final String SEGMENT = "it can drop a segment";
    private static final String TAIL_CALL = "it makes tail calls";
    private static final String EXCEPTION = "it throws or catches exceptions";

    private static final Map<OpCode, String> REASONS = new EnumMap<>(OpCode.class);

    static {
        REASONS.put(OpCode.TABLE_SET, TABLE);
        REASONS.put(OpCode.TABLE_GROW, TABLE);
        REASONS.put(OpCode.TABLE_FILL, TABLE);
        REASONS.put(OpCode.TABLE_COPY, TABLE);
        REASONS.put(OpCode.TABLE_INIT, TABLE);
        REASONS.put(OpCode.DATA_DROP, SEGMENT);
        REASONS.put(OpCode.ELEM_DROP, SEGMENT);
        REASONS.put(OpCode.RETURN_CALL, TAIL_CALL);
        REASONS.put(OpCode.RETURN_CALL_INDIRECT, TAIL_CALL);
        REASONS.put(OpCode.RETURN_CALL_REF, TAIL_CALL);
        REASONS.put(OpCode.THROW, EXCEPTION);
        REASONS.put(OpCode.THROW_REF, EXCEPTION);
        REASONS.put(OpCode.TRY_TABLE, EXCEPTION);
    }

    private ResetObstacle() {}

    /**
     * Looks for the first one.
     *
     * @param module the module
     * @param interpreted the indices of the functions that are interpreted
     * @return what it is, for people; empty where nothing is in the way
     */
    static Optional<String> find(WasmModule module, Set<Integer> interpreted) {
        if (!interpreted.isEmpty()) {
            int first = new TreeSet<>(interpreted).first();
            return Optional.of("its function " + first + " runs in the interpreter");
        }
        int imports = module.importSection().count(ExternalType.FUNCTION);
        FunctionBody[] bodies = module.codeSection().functionBodies();
        for (int i = 0; i < bodies.length; i++) {
            for (Instruction instruction : bodies[i].instructions()) {
                String reason = REASONS.get(instruction.opcode());
                if (reason != null) {
                    return Optional.of(
                            reason
                                    + " ("
                                    + name(instruction.opcode())
                                    + " in function "
                                    + (imports + i)
                                    + ")");
                }
            }
        }
        return Optional.empty();
    }

    /** As the text format has it. */
    private static String name(OpCode opcode) {
        String name = opcode.name().toLowerCase(Locale.ROOT);
        return name.replaceFirst("^(table|data|elem)_", "$1.");
    }
}
