package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/**
 * What a function does, before Chicory's labels are put into it.
 *
 * @param type its type
 * @param locals the types of its locals besides its parameters
 * @param instructions all of them; branches name how many blocks they leave
 */
record FunctionCode(
        FunctionType type, List<ValType> locals, List<? extends Instruction> instructions) {

    static FunctionCode of(FunctionType type, FunctionBody body) {
        return new FunctionCode(type, body.localTypes(), body.instructions());
    }

    /** The same without what is dead by its place. */
    FunctionCode live() {
        return new FunctionCode(type, locals, LiveCode.of(instructions));
    }

    FunctionBody body() {
        return new FunctionBody(locals, LabelledCode.of(instructions));
    }
}
