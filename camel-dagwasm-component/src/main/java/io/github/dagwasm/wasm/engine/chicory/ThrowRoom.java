package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.Collections;
import java.util.List;

/**
 * Writes a function that has a {@code try_table} so that Chicory's compiler keeps room for what is
 * thrown. It keeps operands beneath a {@code try_table} in variables; those of an exception overlap
 * them, because the compiler does not count those when it lays the variables out. It counts what a
 * branch takes along over an operand that is dropped; so the function begins with such a branch.
 */
final class ThrowRoom {

    /** The least number of values for which a block has a type of its own. */
    private static final int LEAST = 2;

    private ThrowRoom() {}

    static FunctionCode of(FunctionCode code, WasmModule module, BlockTypes types) {
        int values =
                code.instructions().stream()
                        .filter(instruction -> instruction.opcode() == OpCode.THROW)
                        .mapToInt(
                                instruction ->
                                        tag(module, (int) instruction.operand(0)).params().size())
                        .max()
                        .orElse(0);
        if (values < LEAST) {
            return code;
        }
        CodeWriter out = new CodeWriter(code);
        List<ValType> kept = Collections.nCopies(values, ValType.I64);
        out.add(OpCode.BLOCK, types.withoutParameters(kept));
        for (int i = 0; i <= values; i++) {
            out.add(OpCode.I64_CONST, 0);
        }
        out.add(OpCode.BR, 0);
        out.add(OpCode.END);
        kept.forEach(any -> out.add(OpCode.DROP, 0));
        code.instructions().forEach(out::add);
        return out.code();
    }

    private static FunctionType tag(WasmModule module, int index) {
        int imports = module.importSection().count(ExternalType.TAG);
        int type =
                index < imports
                        ? module.importSection().stream()
                                .filter(TagImport.class::isInstance)
                                .skip(index)
                                .mapToInt(each -> ((TagImport) each).tagType().typeIdx())
                                .findFirst()
                                .orElseThrow()
                        : module.tagSection().orElseThrow().getTag(index - imports).typeIdx();
        return module.typeSection().getType(type);
    }
}
