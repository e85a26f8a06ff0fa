package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Writes a function without parameters of blocks: what a block takes waits in locals. Chicory's
 * interpreter spoils operands beneath a block with parameters, and beneath a loop with two results
 * or more. Its compiler leaves operands behind where a branch leaves a block with parameters, and
 * hands two or more to a {@code try_table} in the wrong order. What is caught goes to a block
 * directly around the {@code try_table}, and on from there by a branch, because the compiler leaves
 * operands behind where a catch goes further.
 */
final class PlainBlocks {

    /** An open block; a loop with results stands in a block of its own. */
    private record Open(Instruction block, FunctionType type, int level, boolean wrapped) {

        /** What a branch to it takes along. */
        List<ValType> label() {
            return block.opcode() == OpCode.LOOP ? type.params() : type.returns();
        }

        /** What a branch to it takes along in locals. */
        List<ValType> inLocals() {
            return block.opcode() == OpCode.LOOP ? type.params() : List.of();
        }
    }

    private final CodeWriter out;
    private final BlockTypes types;
    private final OpenBlocks<Open> open = new OpenBlocks<>();
    private final Deque<Boolean> otherwise = new ArrayDeque<>();
    private int level;
    private boolean possible = true;

    private PlainBlocks(FunctionCode code, BlockTypes types) {
        out = new CodeWriter(code);
        this.types = types;
        open.push(
                new Open(
                        code.instructions().get(code.instructions().size() - 1),
                        code.type(),
                        0,
                        false));
    }

    /** The function, or nothing where that cannot be done. */
    static Optional<FunctionCode> of(FunctionCode code, BlockTypes types) {
        PlainBlocks blocks = new PlainBlocks(code, types);
        code.instructions().forEach(blocks::write);
        return blocks.possible ? Optional.of(blocks.out.code()) : Optional.empty();
    }

    /** Whether a block takes operands, or is a loop that leaves two or more. */
    static boolean isNeeded(Instruction block, BlockTypes types) {
        FunctionType type = types.of(block);
        return !type.params().isEmpty()
                || (block.opcode() == OpCode.LOOP && type.returns().size() > 1);
    }

    private void write(Instruction instruction) {
        switch (instruction.opcode()) {
            case BLOCK, LOOP, IF, TRY_TABLE -> enter(instruction);
            case ELSE -> {
                out.add(instruction);
                otherwise.pop();
                otherwise.push(true);
                out.restore(open.innermost().type().params(), 0);
            }
            case END -> close(instruction);
            case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL, BR_TABLE -> branch(instruction);
            case BR_ON_CAST, BR_ON_CAST_FAIL -> possible = false;
            default -> out.add(instruction);
        }
    }

    private void enter(Instruction block) {
        FunctionType type = types.of(block);
        List<ValType> parameters = type.params();
        boolean wrapped =
                block.opcode() == OpCode.LOOP
                        && isNeeded(block, types)
                        && !type.returns().isEmpty();
        long[] operands = block.operands();
        if (!parameters.isEmpty()) {
            operands[0] = types.withoutParameters(type.returns());
            if (block.opcode() == OpCode.IF) {
                List<ValType> all = and(parameters, ValType.I32);
                out.save(all);
                out.restore(all.subList(parameters.size(), all.size()), parameters.size());
            } else {
                out.save(parameters);
            }
        }
        if (wrapped) {
            out.add(OpCode.BLOCK, types.withoutParameters(type.returns()));
            level++;
            operands[0] = types.withoutParameters(List.of());
        }
        List<Integer> labels = BranchLabels.places(block);
        if (!labels.isEmpty()) {
            out.add(OpCode.BLOCK, types.withoutParameters(type.returns()));
            for (int i = labels.size() - 1; i >= 0; i--) {
                List<ValType> caught = target(block.operand(labels.get(i))).label();
                out.add(OpCode.BLOCK, types.withoutParameters(caught));
                operands[labels.get(i)] = i;
            }
            level += 1 + labels.size();
        }
        level++;
        open.push(new Open(block, type, level, wrapped));
        otherwise.push(false);
        out.add(block.opcode(), operands);
        out.restore(parameters, 0);
    }

    private void close(Instruction end) {
        Open block = open.pop();
        if (open.count() == 0) {
            out.add(end);
            return;
        }
        if (!otherwise.pop()
                && block.block().opcode() == OpCode.IF
                && !block.type().params().isEmpty()) {
            // Without another branch the parameters are the results.
            out.add(OpCode.ELSE);
            out.restore(block.type().params(), 0);
        }
        if (block.wrapped()) {
            out.add(OpCode.BR, 1);
            out.add(end);
            out.add(OpCode.UNREACHABLE);
            level--;
        }
        out.add(end);
        level--;
        closeCatches(block.block(), end);
    }

    private void closeCatches(Instruction block, Instruction end) {
        List<Integer> labels = BranchLabels.places(block);
        if (labels.isEmpty()) {
            return;
        }
        out.add(OpCode.BR, labels.size());
        for (int label : labels) {
            out.add(end);
            level--;
            Open target = target(block.operand(label));
            out.save(target.inLocals());
            out.add(OpCode.BR, level - target.level());
        }
        out.add(end);
        level--;
    }

    private void branch(Instruction branch) {
        long[] operands = branch.operands();
        List<ValType> saved =
                LongStream.of(operands)
                        .mapToObj(this::target)
                        .map(Open::inLocals)
                        .filter(parameters -> !parameters.isEmpty())
                        .findFirst()
                        .orElse(List.of());
        for (int i = 0; i < operands.length; i++) {
            operands[i] = (long) level - target(branch.operand(i)).level();
        }
        if (!saved.isEmpty()) {
            switch (branch.opcode()) {
                case BR -> out.save(saved);
                // What falls through, and a target that is no loop, has them on the stack.
                case BR_IF, BR_TABLE -> {
                    List<ValType> all = and(saved, ValType.I32);
                    out.save(all);
                    out.restore(all, 0);
                }
                default -> possible = false;
            }
        }
        out.add(branch.opcode(), operands);
    }

    private static List<ValType> and(List<ValType> types, ValType last) {
        List<ValType> all = new ArrayList<>(types);
        all.add(last);
        return all;
    }

    private Open target(long depth) {
        return open.at(depth);
    }
}
