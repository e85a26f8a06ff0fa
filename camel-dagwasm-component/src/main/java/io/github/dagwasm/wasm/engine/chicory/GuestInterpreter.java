package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.Deque;

/**
 * Chicory's interpreter for one call of one function. All that the function calls goes through the
 * instance's machine, which counts it, and runs in compiled code or in an interpreter of its own.
 * So an exception leaves this function like any other, and passes the handlers of compiled
 * functions in their order; Chicory's own would look for a handler in the frames of all interpreted
 * functions at once, and in none for a call by reference.
 */
final class GuestInterpreter extends InterpreterMachine {

    private final OperandCount operands;

    GuestInterpreter(Instance instance, OperandCount operands) {
        super(instance);
        this.operands = operands;
    }

    @Override
    protected long[] call(
            MStack stack,
            Instance instance,
            Deque<StackFrame> callStack,
            int function,
            long[] arguments,
            FunctionType type,
            boolean popResults) {
        if (callStack.isEmpty()) {
            return super.call(stack, instance, callStack, function, arguments, type, popResults);
        }
        int waiting = stack.size();
        operands.add(waiting);
        try {
            long[] results = instance.getMachine().call(function, arguments);
            if (results != null) {
                for (long result : results) {
                    stack.push(result);
                }
            }
        } catch (WasmException e) {
            THROW_REF(instance, instance.registerException(e), stack, callStack.peek(), callStack);
        } finally {
            operands.add(-waiting);
        }
        return null;
    }

    /** A call by reference goes the same way. */
    @Override
    protected boolean useCurrentInstanceInterpreter(
            Instance instance, Instance called, int function) {
        return true;
    }
}
