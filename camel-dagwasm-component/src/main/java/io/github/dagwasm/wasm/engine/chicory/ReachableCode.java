package io.github.dagwasm.wasm.engine.chicory;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Leaves out the code of a static method that no instruction reaches, and exception ranges without
 * code, which the JVM refuses.
 *
 * <p>ASM has overwritten such code before: each block of it begins with a frame that has no
 * variables, and consists of {@code nop}s and one {@code athrow}. A reachable frame always has
 * variables, because every method that stands for a function has parameters. Behind this visitor
 * each frame has all parameters, and an instruction may use variables that are added to them.
 */
final class ReachableCode extends MethodVisitor {

    private boolean unreachable;

    /**
     * Makes a visitor for one method.
     *
     * @param next gets the reachable code
     */
    ReachableCode(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        // A class reader makes one label for each place.
        if (start != end) {
            super.visitTryCatchBlock(start, end, handler, type);
        }
    }

    @Override
    public void visitFrame(int type, int locals, Object[] local, int stackSize, Object[] stack) {
        unreachable = locals == 0;
        if (!unreachable) {
            super.visitFrame(type, locals, local, stackSize, stack);
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (!unreachable) {
            super.visitInsn(opcode);
        } else if (opcode == Opcodes.ATHROW) {
            unreachable = false;
        } else if (opcode != Opcodes.NOP) {
            throw InstrumentedClasses.unknownShape();
        }
    }
}
