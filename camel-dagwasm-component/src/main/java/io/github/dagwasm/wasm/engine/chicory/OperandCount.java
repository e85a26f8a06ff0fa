package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.wasm.ChicoryException;

/**
 * How many operands lie on the stacks of an instance's interpreters, of which each call of an
 * interpreted function has its own. They lie on the heap. Used by one thread.
 */
final class OperandCount {

    private static final int MOST = 1 << 20;

    private int waiting;

    /** Counts the operands of a function that waits for a call to end; less than 0 forgets them. */
    void add(int operands) {
        waiting += operands;
    }

    /** Ends a guest that has too many. */
    void require(MStack stack) {
        if (stack.size() > MOST - waiting) {
            throw new ChicoryException("call stack exhausted");
        }
    }
}
