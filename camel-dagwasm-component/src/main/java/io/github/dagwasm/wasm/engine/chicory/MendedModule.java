package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * A valid module with the functions written anew that Chicory's compiler fails at, or gets wrong.
 * They do the same, and take the same fuel.
 */
final class MendedModule {

    private final WasmModule module;
    private final BlockTypes types;
    private boolean changed;

    private MendedModule(WasmModule module) {
        this.module = module;
        types = new BlockTypes(module.typeSection());
    }

    /** The module for the compiler. */
    static WasmModule of(WasmModule module) {
        MendedModule mended = new MendedModule(module);
        return mended.with((function, body) -> mended.fails(body), mended::compiled);
    }

    /** The module for the interpreter, which runs some of its functions. */
    static WasmModule of(WasmModule module, Set<Integer> interpreted) {
        MendedModule mended = new MendedModule(module);
        return mended.with((function, body) -> interpreted.contains(function), mended::interpreted);
    }

    private WasmModule with(
            BiPredicate<Integer, FunctionBody> chosen, UnaryOperator<FunctionCode> change) {
        int imports = module.importSection().count(ExternalType.FUNCTION);
        CodeSection.Builder code =
                CodeSection.builder()
                        .setRequiresDataCount(module.codeSection().isRequiresDataCount());
        for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
            FunctionBody body = module.codeSection().getFunctionBody(i);
            int type = module.functionSection().getFunctionType(i);
            if (chosen.test(imports + i, body)) {
                changed = true;
                FunctionType of = module.typeSection().getType(type);
                body = change.apply(FunctionCode.of(of, body)).body();
            }
            code.addFunctionBody(body);
        }
        return changed
                ? ModuleCopy.of(module)
                        .setTypeSection(types.section())
                        .setCodeSection(code.build())
                        .build()
                : module;
    }

    private FunctionCode compiled(FunctionCode code) {
        FunctionCode live = code.live();
        FunctionCode plain = PlainBlocks.of(live, types).orElse(live);
        return ThrowRoom.of(TailCallExits.of(plain, module), module, types);
    }

    private FunctionCode interpreted(FunctionCode code) {
        FunctionCode plain =
                PlainBlocks.of(code.live(), types)
                        .orElseThrow(
                                () ->
                                        new InvalidException(
                                                "a function that is too large for a JVM method"
                                                        + " branches by br_on_null or"
                                                        + " br_on_non_null to a loop with"
                                                        + " parameters, and the interpreter cannot"
                                                        + " run that"));
        return InterpretedOperators.of(TailCallExits.of(plain, module));
    }

    private boolean fails(FunctionBody body) {
        return body.instructions().stream().anyMatch(this::isMended)
                || branchesToItsEnd(body.instructions());
    }

    private boolean isMended(Instruction instruction) {
        OpCode opcode = instruction.opcode();
        return opcode == OpCode.TRY_TABLE
                || (LiveCode.opens(opcode) && !types.of(instruction).params().isEmpty());
    }

    /** Where a block ends directly before the function, Chicory's parser mixes the ends up. */
    private static boolean branchesToItsEnd(List<AnnotatedInstruction> code) {
        int last = code.size() - 1;
        return last > 0
                && code.get(last - 1).opcode() == OpCode.END
                && code.stream()
                        .anyMatch(
                                each ->
                                        each.labelTrue() == last
                                                || each.labelTable().contains(last));
    }
}
