package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.TypeSection;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.List;

/** The types of a module's blocks, and types to add to the module for blocks without parameters. */
final class BlockTypes {

    /** The operand of a block that takes and leaves nothing. */
    static final long EMPTY = 0x40;

    private final TypeSection module;
    private final List<FunctionType> added = new ArrayList<>();

    BlockTypes(TypeSection module) {
        this.module = module;
    }

    /** What a block takes and leaves. */
    FunctionType of(Instruction block) {
        long operand = block.operand(0);
        if (operand == EMPTY) {
            return FunctionType.empty();
        }
        if (ValType.isValid(operand)) {
            return FunctionType.returning(
                    ValType.builder().fromId(operand).build().resolve(module));
        }
        return module.getType((int) operand);
    }

    /** The operand of a block that takes nothing. */
    long withoutParameters(List<ValType> results) {
        if (results.isEmpty()) {
            return EMPTY;
        }
        if (results.size() == 1) {
            return results.get(0).id();
        }
        FunctionType type = FunctionType.of(List.of(), results);
        int index = added.indexOf(type);
        if (index < 0) {
            index = added.size();
            added.add(type);
        }
        return (long) module.subTypeCount() + index;
    }

    /** The types of the module with those that were asked for. */
    TypeSection section() {
        if (added.isEmpty()) {
            return module;
        }
        TypeSection.Builder all = TypeSection.builder();
        for (int i = 0; i < module.typeCount(); i++) {
            all.addRecType(module.getRecType(i));
        }
        added.forEach(all::addFunctionType);
        return all.build();
    }
}
