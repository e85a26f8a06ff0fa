package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CatchOpCode;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Gives the instructions of a function what Chicory's parser gives them: to each branch the place
 * that it goes to, to each end of a block the block. The parser takes the last end of a function
 * for that of the block before, so that a branch to the function's own label fails; here it is the
 * function's.
 */
final class LabelledCode {

    /** A block that is open, and the instructions that are to know where a branch to it goes. */
    private record Open(Instruction scope, List<IntConsumer> waiting) {

        Open(Instruction scope) {
            this(scope, new ArrayList<>());
        }
    }

    private final List<AnnotatedInstruction.Builder> builders = new ArrayList<>();
    private final OpenBlocks<Open> open = new OpenBlocks<>();
    private final List<AnnotatedInstruction.Builder> ifs = new ArrayList<>();

    private LabelledCode() {}

    /**
     * Labels the instructions of a whole valid function.
     *
     * @param code the instructions; branches name how many blocks they leave
     */
    static List<AnnotatedInstruction> of(List<? extends Instruction> code) {
        LabelledCode labelled = new LabelledCode();
        labelled.open.push(new Open(code.get(code.size() - 1)));
        for (Instruction instruction : code) {
            labelled.add(instruction);
        }
        return labelled.builders.stream().map(AnnotatedInstruction.Builder::build).toList();
    }

    private void add(Instruction original) {
        int index = builders.size();
        // Chicory's compiler tells a jump back by the addresses.
        Instruction instruction = new Instruction(index, original.opcode(), original.operands());
        AnnotatedInstruction.Builder builder = AnnotatedInstruction.builder().from(instruction);
        builders.add(builder);
        switch (instruction.opcode()) {
            case BLOCK, LOOP, IF -> enter(instruction, builder);
            case TRY_TABLE -> {
                label(instruction, builder);
                enter(instruction, builder);
            }
            case ELSE -> {
                ifs.get(ifs.size() - 1).withLabelFalse(index + 1);
                open.innermost().waiting().add(builder::withLabelTrue);
                builder.withDepth(open.count() - 1);
            }
            case END -> close(instruction, builder);
            default -> {
                label(instruction, builder);
                builder.withDepth(open.count() - 1);
            }
        }
    }

    private void enter(Instruction instruction, AnnotatedInstruction.Builder builder) {
        Open block = new Open(instruction);
        open.push(block);
        builder.withScope(instruction).withDepth(open.count() - 1);
        if (instruction.opcode() == OpCode.IF) {
            int next = instruction.address() + 1;
            builder.withLabelTrue(next).withLabelFalse(next);
            // Only where there is no other branch.
            block.waiting().add(builder::updateLabelFalse);
            ifs.add(builder);
        }
    }

    private void close(Instruction instruction, AnnotatedInstruction.Builder builder) {
        builder.withDepth(open.count() - 1);
        Open block = open.pop();
        boolean last = open.count() == 0;
        Instruction scope = last ? instruction : block.scope();
        builder.withScope(scope);
        if (scope.opcode() == OpCode.IF) {
            ifs.remove(ifs.size() - 1);
        }
        int label = scope.opcode() == OpCode.LOOP ? scope.address() + 1 : instruction.address();
        block.waiting().forEach(waiting -> waiting.accept(label));
    }

    private void label(Instruction instruction, AnnotatedInstruction.Builder builder) {
        switch (instruction.opcode()) {
            case BR -> await(instruction.operand(0), builder::withLabelTrue);
            case BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> {
                builder.withLabelFalse(instruction.address() + 1);
                await(instruction.operand(0), builder::withLabelTrue);
            }
            case BR_TABLE -> {
                List<Integer> labels =
                        new ArrayList<>(Arrays.asList(new Integer[instruction.operandCount()]));
                for (int i = 0; i < labels.size(); i++) {
                    int at = i;
                    await(instruction.operand(i), label -> labels.set(at, label));
                }
                builder.withLabelTable(labels);
            }
            case TRY_TABLE -> {
                List<CatchOpCode.Catch> catches = CatchOpCode.decode(instruction.operands());
                catches.forEach(each -> await(each.label(), each::resolvedLabel));
                builder.withCatches(catches);
            }
            default -> {}
        }
    }

    private void await(long depth, IntConsumer waiting) {
        open.at(depth).waiting().add(waiting);
    }
}
