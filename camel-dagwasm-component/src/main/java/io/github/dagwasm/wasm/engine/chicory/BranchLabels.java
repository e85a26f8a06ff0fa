package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.CatchOpCode;
import com.dylibso.chicory.wasm.types.Instruction;
import java.util.ArrayList;
import java.util.List;

/** The labels of a branch: how many blocks it leaves. Those of a {@code try_table} are outside. */
final class BranchLabels {

    /** What a {@code try_table} has before its catches: its type and how many there are. */
    private static final int BEFORE_CATCHES = 2;

    private BranchLabels() {}

    /** Which operands of an instruction are labels. */
    static List<Integer> places(Instruction instruction) {
        return switch (instruction.opcode()) {
            case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> List.of(0);
            case BR_ON_CAST, BR_ON_CAST_FAIL -> List.of(1);
            case BR_TABLE -> first(instruction.operandCount());
            case TRY_TABLE -> catches(instruction);
            default -> List.of();
        };
    }

    private static List<Integer> first(int count) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(i);
        }
        return places;
    }

    private static List<Integer> catches(Instruction instruction) {
        List<Integer> places = new ArrayList<>();
        int at = BEFORE_CATCHES;
        for (CatchOpCode.Catch each : CatchOpCode.decode(instruction.operands())) {
            boolean tagged =
                    each.opcode() == CatchOpCode.CATCH || each.opcode() == CatchOpCode.CATCH_REF;
            at += tagged ? 2 : 1;
            places.add(at);
            at++;
        }
        return places;
    }
}
