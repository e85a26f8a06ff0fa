package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.DeclarativeElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Validates a parsed module. A {@code ref.func} in a function's body is valid if the module names
 * the function outside of all bodies: in an export, an element segment, a table or a global.
 * Chicory's validator knows declarative segments alone, and looks only at functions that refer to
 * themselves. So the validator is shown a copy with such a segment more; the module that runs is
 * the one that was parsed.
 */
final class FunctionReferences {

    private final WasmModule module;
    private final Set<Integer> declared = new HashSet<>();

    private FunctionReferences(WasmModule module) {
        this.module = module;
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                declared.add(export.index());
            }
        }
        for (Element element : module.elementSection().elements()) {
            element.initializers().forEach(this::declare);
        }
        for (Global global : module.globalSection().globals()) {
            declare(global.initInstructions());
        }
        for (int i = 0; i < module.tableSection().tableCount(); i++) {
            declare(module.tableSection().getTable(i).initialize());
        }
    }

    /**
     * Validates a module that was parsed without validation.
     *
     * @throws InvalidException if it is not valid
     */
    static void validate(WasmModule module) {
        FunctionReferences references = new FunctionReferences(module);
        Set<Integer> themselves = references.requireDeclared();
        WasmModule.Builder copy = ModuleCopy.of(module).withValidation(true);
        if (!themselves.isEmpty()) {
            copy.setElementSection(references.elementsAnd(themselves));
        }
        copy.build();
    }

    private void declare(List<? extends Instruction> code) {
        for (Instruction instruction : code) {
            if (instruction.opcode() == OpCode.REF_FUNC) {
                declared.add((int) instruction.operand(0));
            }
        }
    }

    /** The functions that refer to themselves. */
    private Set<Integer> requireDeclared() {
        Set<Integer> themselves = new HashSet<>();
        int imports = module.importSection().count(ExternalType.FUNCTION);
        for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
            for (Instruction instruction : module.codeSection().getFunctionBody(i).instructions()) {
                if (instruction.opcode() == OpCode.REF_FUNC) {
                    int function = (int) instruction.operand(0);
                    if (!declared.contains(function)) {
                        throw new InvalidException(
                                "undeclared function reference: ref.func takes function "
                                        + function
                                        + ", which no export, element segment, table or global"
                                        + " names");
                    }
                    if (function == imports + i) {
                        themselves.add(function);
                    }
                }
            }
        }
        return themselves;
    }

    private ElementSection elementsAnd(Set<Integer> functions) {
        ElementSection.Builder elements = ElementSection.builder();
        for (Element element : module.elementSection().elements()) {
            elements.addElement(element);
        }
        List<List<Instruction>> references =
                functions.stream()
                        .map(f -> new Instruction(0, OpCode.REF_FUNC, new long[] {f}))
                        .map(List::of)
                        .toList();
        return elements.addElement(new DeclarativeElement(ValType.FuncRef, references)).build();
    }
}
