package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The instructions of a function without those between one that always goes elsewhere and the end
 * of its block. Chicory's compiler skips those too, but expects the handlers of a dead {@code
 * try_table} all the same.
 */
final class LiveCode {

    private static final Set<OpCode> ELSEWHERE =
            EnumSet.of(
                    OpCode.UNREACHABLE,
                    OpCode.BR,
                    OpCode.BR_TABLE,
                    OpCode.RETURN,
                    OpCode.RETURN_CALL,
                    OpCode.RETURN_CALL_INDIRECT,
                    OpCode.RETURN_CALL_REF,
                    OpCode.THROW,
                    OpCode.THROW_REF);

    private LiveCode() {}

    static <T extends Instruction> List<T> of(List<T> code) {
        List<T> live = new ArrayList<>(code.size());
        boolean dead = false;
        int nested = 0;
        for (T instruction : code) {
            OpCode opcode = instruction.opcode();
            if (!dead) {
                live.add(instruction);
                dead = ELSEWHERE.contains(opcode);
            } else if (opens(opcode)) {
                nested++;
            } else if (nested > 0) {
                nested -= opcode == OpCode.END ? 1 : 0;
            } else if (opcode == OpCode.END || opcode == OpCode.ELSE) {
                live.add(instruction);
                dead = false;
            }
        }
        return live;
    }

    /** Whether an instruction opens a block. */
    static boolean opens(OpCode opcode) {
        return opcode == OpCode.BLOCK
                || opcode == OpCode.LOOP
                || opcode == OpCode.IF
                || opcode == OpCode.TRY_TABLE;
    }
}
