package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.Value;

/**
 * Stands by while Chicory's interpreter runs. That one looks at the interrupt flag at a {@code br}
 * and a call, not at a {@code br_if} or {@code br_table}, and its stack of operands lies on the
 * heap.
 */
final class InterpreterWatch implements ExecutionListener {

    /** How many instructions lie between two looks at the clock, less one: some 20 us. */
    private static final int INSTRUCTIONS_MASK = 255;

    private final Meter meter;
    private final OperandCount operands;
    private int instructions;

    InterpreterWatch(Meter meter, OperandCount operands) {
        this.meter = meter;
        this.operands = operands;
    }

    @Override
    public void onExecution(Instruction instruction, MStack stack) {
        if ((++instructions & INSTRUCTIONS_MASK) == 0) {
            meter.look();
        }
        operands.require(stack);
        if (instruction.opcode() == OpCode.THROW_REF
                && (int) stack.peek() == Value.REF_NULL_VALUE) {
            // As compiled code does; the interpreter would throw nothing.
            throw new TrapException("null exception reference");
        }
    }
}
