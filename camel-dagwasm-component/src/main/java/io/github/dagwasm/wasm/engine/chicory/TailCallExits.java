package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Writes a function so that its tail calls stand outside of every {@code try_table}. Chicory makes
 * a call and a return of a tail call, so that a {@code try_table} around it would catch what the
 * callee throws; but a tail call has left the function and its handlers. The arguments wait in
 * locals, and each callee has one place behind the body where it is called.
 */
final class TailCallExits {

    private final WasmModule module;
    private final CodeWriter out;

    /** One call of each callee. */
    private final List<Instruction> exits = new ArrayList<>();

    /** Of each open block whether it is a {@code try_table}. */
    private final Deque<Boolean> open = new ArrayDeque<>();

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
            if (isCaught(instruction) && exit(instruction) < 0) {
                exits.add(instruction);
            }
        }
        open.clear();
    }

    private FunctionCode written(FunctionCode code) {
        exits.forEach(any -> out.add(OpCode.BLOCK, BlockTypes.EMPTY));
        int last = code.instructions().size() - 1;
        for (Instruction instruction : code.instructions().subList(0, last)) {
            if (isCaught(instruction)) {
                out.save(operands(instruction));
                out.add(OpCode.BR, open.size() + (long) exit(instruction));
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
            open.push(opcode == OpCode.TRY_TABLE);
        } else if (opcode == OpCode.END && !open.isEmpty()) {
            open.pop();
        }
        return open.contains(true)
                && (opcode == OpCode.RETURN_CALL
                        || opcode == OpCode.RETURN_CALL_INDIRECT
                        || opcode == OpCode.RETURN_CALL_REF);
    }

    private int exit(Instruction call) {
        for (int i = 0; i < exits.size(); i++) {
            Instruction exit = exits.get(i);
            if (exit.opcode() == call.opcode() && Arrays.equals(exit.operands(), call.operands())) {
                return i;
            }
        }
        return -1;
    }

    /** Lets a branch to the function's label leave the blocks around the body too. */
    private Instruction inward(Instruction instruction) {
        long[] operands = instruction.operands();
        int function = open.size() - (instruction.opcode() == OpCode.TRY_TABLE ? 1 : 0);
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
