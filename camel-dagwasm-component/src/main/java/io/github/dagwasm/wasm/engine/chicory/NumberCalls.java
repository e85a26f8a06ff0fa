package io.github.dagwasm.wasm.engine.chicory;

import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Has a method of Chicory's call the operators of {@link GuestNumbers} in place of its own. */
final class NumberCalls extends MethodVisitor {

    private static final String OPERATORS = "com/dylibso/chicory/runtime/OpcodeImpl";

    /** Chicory's own way around the JVM's fault, for one of the operators. */
    private static final String SHADED = "Shaded";

    private static final String SHADED_COMPARE = "i32_ge_u";
    private static final String COMPARE = "I32_GE_U";

    /** Operators that are one instruction of the JVM. */
    private static final Map<Integer, String> INSTRUCTIONS =
            Map.ofEntries(
                    Map.entry(Opcodes.FADD, "F32_ADD"),
                    Map.entry(Opcodes.FSUB, "F32_SUB"),
                    Map.entry(Opcodes.FMUL, "F32_MUL"),
                    Map.entry(Opcodes.FDIV, "F32_DIV"),
                    Map.entry(Opcodes.FNEG, "F32_NEG"),
                    Map.entry(Opcodes.DADD, "F64_ADD"),
                    Map.entry(Opcodes.DSUB, "F64_SUB"),
                    Map.entry(Opcodes.DMUL, "F64_MUL"),
                    Map.entry(Opcodes.DDIV, "F64_DIV"),
                    Map.entry(Opcodes.DNEG, "F64_NEG"),
                    Map.entry(Opcodes.D2F, "F32_DEMOTE_F64"),
                    Map.entry(Opcodes.F2D, "F64_PROMOTE_F32"));

    /** The descriptors of the operators by their names. */
    private static final Map<String, String> TYPES = NumberClass.methods();

    private final String prefix;

    /**
     * Makes a visitor for one method.
     *
     * @param next what writes the method
     * @param prefix the internal name that those of all generated classes begin with
     */
    NumberCalls(MethodVisitor next, String prefix) {
        super(Opcodes.ASM9, next);
        this.prefix = prefix;
    }

    @Override
    public void visitInsn(int opcode) {
        String operator = INSTRUCTIONS.get(opcode);
        if (operator == null) {
            super.visitInsn(opcode);
        } else {
            call(operator);
        }
    }

    @Override
    public void visitMethodInsn(
            int opcode, String owner, String name, String type, boolean onInterface) {
        if (owner.equals(OPERATORS) && TYPES.containsKey(name)) {
            call(name);
        } else if (owner.equals(prefix + SHADED) && name.equals(SHADED_COMPARE)) {
            call(COMPARE);
        } else {
            super.visitMethodInsn(opcode, owner, name, type, onInterface);
        }
    }

    private void call(String operator) {
        super.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                NumberClass.name(prefix),
                operator,
                TYPES.get(operator),
                false);
    }
}
