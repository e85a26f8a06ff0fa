package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.Instruction;

/**
 * Stands by while Chicory's interpreter runs. That one looks at the interrupt flag at a {@code br}
 * and a call, not at a {@code br_if} or {@code br_table}, and its stack of operands lies on the
 * heap.
 */
final class InterpreterWatch implements ExecutionListener {

    /** How many values the functions that the interpreter is in may have on its stack together. */
    private static final int MAX_OPERANDS = 1 << 20;

    /** How many instructions lie between two looks at the clock, less one: some 20 us. */
    private static final int INSTRUCTIONS_MASK = 255;

    private final Meter meter;
    private int instructions;

    InterpreterWatch(Meter meter) {
        this.meter = meter;
    }

    @Override
    public void onExecution(Instruction instruction, MStack stack) {
        if ((++instructions & INSTRUCTIONS_MASK) == 0) {
            meter.look();
        }
        if (stack.size() > MAX_OPERANDS) {
            throw new ChicoryException("call stack exhausted");
        }
    }
}
