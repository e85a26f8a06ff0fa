package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Writes a function so that its tail calls stand outside of every {@code try_table}. Chicory makes
 * a call and a return of a tail call, so that a {@code try_table} around it would catch what the
 * callee throws; but a tail call has left the function and its handlers. The arguments wait in
 * locals, and each callee has one place behind the body where it is called.
 */
final class TailCallExits {

    private final WasmModule module;
    private final CodeWriter out;

    /** Where the one call of each callee stands among the exits. */
    private final Map<Callee, Integer> places = new HashMap<>();

    private final List<Instruction> exits = new ArrayList<>();

    /** Of each open block how many {@code try_table}s are around it, itself counted. */
    private final OpenBlocks<Integer> open = new OpenBlocks<>();

    /** What a tail call names. */
    private record Callee(OpCode opcode, List<Long> operands) {

        static Callee of(Instruction call) {
            return new Callee(call.opcode(), LongStream.of(call.operands()).boxed().toList());
        }
    }

    private TailCallExits(WasmModule module, FunctionCode code) {
        this.module = module;
        out = new CodeWriter(code);
    }

    /** The function, which is the same if it has no such calls. */
    static FunctionCode of(FunctionCode code, WasmModule module) {
        TailCallExits exits = new TailCallExits(module, code);
        exits.find(code.instructions());
        return exits.exits.isEmpty() ? code : exits.written(code);
    }

    private void find(List<? extends Instruction> code) {
        for (Instruction instruction : code) {
            if (isCaught(instruction)
                    && places.putIfAbsent(Callee.of(instruction), exits.size()) == null) {
                exits.add(instruction);
            }
        }
    }

    private FunctionCode written(FunctionCode code) {
        exits.forEach(any -> out.add(OpCode.BLOCK, BlockTypes.EMPTY));
        int last = code.instructions().size() - 1;
        for (Instruction instruction : code.instructions().subList(0, last)) {
            if (isCaught(instruction)) {
                out.save(operands(instruction));
                out.add(OpCode.BR, open.count() + (long) exit(instruction));
            } else {
                out.add(inward(instruction));
            }
        }
        out.add(OpCode.RETURN);
        for (Instruction exit : exits) {
            out.add(OpCode.END);
            out.restore(operands(exit), 0);
            out.add(exit);
        }
        out.add(OpCode.END);
        return out.code();
    }

    /** Whether an instruction is a tail call in a {@code try_table}; keeps the open blocks. */
    private boolean isCaught(Instruction instruction) {
        OpCode opcode = instruction.opcode();
        if (LiveCode.opens(opcode)) {
            open.push(tries() + (opcode == OpCode.TRY_TABLE ? 1 : 0));
        } else if (opcode == OpCode.END && open.count() > 0) {
            open.pop();
        }
        return tries() > 0
                && (opcode == OpCode.RETURN_CALL
                        || opcode == OpCode.RETURN_CALL_INDIRECT
                        || opcode == OpCode.RETURN_CALL_REF);
    }

    private int tries() {
        return open.count() == 0 ? 0 : open.innermost();
    }

    private int exit(Instruction call) {
        return places.get(Callee.of(call));
    }

    /** Lets a branch to the function's label leave the blocks around the body too. */
    private Instruction inward(Instruction instruction) {
        long[] operands = instruction.operands();
        int function = open.count() - (instruction.opcode() == OpCode.TRY_TABLE ? 1 : 0);
        boolean leaves = false;
        for (int place : BranchLabels.places(instruction)) {
            if (operands[place] == function) {
                operands[place] += exits.size();
                leaves = true;
            }
        }
        return leaves ? new Instruction(0, instruction.opcode(), operands) : instruction;
    }

    /** What a call takes off the stack. */
    private List<ValType> operands(Instruction call) {
        int index = (int) call.operand(0);
        List<ValType> operands = new ArrayList<>();
        switch (call.opcode()) {
            case RETURN_CALL -> operands.addAll(function(index).params());
            case RETURN_CALL_INDIRECT -> {
                operands.addAll(module.typeSection().getType(index).params());
                operands.add(ValType.I32);
            }
            default -> {
                operands.addAll(module.typeSection().getType(index).params());
                operands.add(
                        ValType.builder()
                                .withOpcode(ValType.ID.RefNull)
                                .withTypeIdx(index)
                                .build()
                                .resolve(module.typeSection()));
            }
        }
        return operands;
    }

    private FunctionType function(int index) {
        int imports = module.importSection().count(ExternalType.FUNCTION);
        int type =
                index < imports
                        ? module.importSection().stream()
                                .filter(FunctionImport.class::isInstance)
                                .skip(index)
                                .mapToInt(each -> ((FunctionImport) each).typeIndex())
                                .findFirst()
                                .orElseThrow()
                        : module.functionSection().getFunctionType(index - imports);
        return module.typeSection().getType(type);
    }
}
