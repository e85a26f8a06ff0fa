package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instructions of a function that is written anew, and the locals that are added for them. */
final class CodeWriter {

    /** A value that waits in a local, by its type and by its place among others. */
    private record Place(ValType type, int index) {}

    private final FunctionCode original;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<ValType> locals;
    private final Map<Place, Integer> places = new HashMap<>();

    CodeWriter(FunctionCode original) {
        this.original = original;
        locals = new ArrayList<>(original.locals());
    }

    void add(Instruction instruction) {
        instructions.add(instruction);
    }

    void add(OpCode opcode, long... operands) {
        instructions.add(new Instruction(0, opcode, operands));
    }

    /** Takes operands off the stack into locals of their own, the last one first. */
    void save(List<ValType> types) {
        for (int i = types.size() - 1; i >= 0; i--) {
            add(OpCode.LOCAL_SET, local(types.get(i), i));
        }
    }

    /** Puts operands back that were saved last, those from a place on. */
    void restore(List<ValType> types, int from) {
        for (int i = 0; i < types.size(); i++) {
            add(OpCode.LOCAL_GET, local(types.get(i), from + i));
        }
    }

    private int local(ValType type, int index) {
        return places.computeIfAbsent(
                new Place(type, index),
                place -> {
                    locals.add(place.type());
                    return original.type().params().size() + locals.size() - 1;
                });
    }

    FunctionCode code() {
        return new FunctionCode(original.type(), locals, instructions);
    }
}
