package io.github.dagwasm.wasm.engine.chicory;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;

/**
 * Finds the methods of a class that are surely too large for the JVM, and adds each to the
 * exception for the first. Jumps and constants may take more bytes than are counted here, so a
 * method that is a little too large may go unnoticed.
 */
final class LargeMethods extends ClassVisitor {

    private final MethodTooLargeException first;

    /**
     * Makes a visitor for one class.
     *
     * @param first the exception for one of its methods
     */
    LargeMethods(MethodTooLargeException first) {
        super(Opcodes.ASM9);
        this.first = first;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String type, String signature, String[] exceptions) {
        return new CodeSizeEvaluator(Opcodes.ASM9, null) {
            @Override
            public void visitEnd() {
                if (getMinSize() > MethodSizes.METHOD_BYTES
                        && !name.equals(first.getMethodName())) {
                    first.addSuppressed(
                            new MethodTooLargeException(
                                    first.getClassName(), name, type, getMinSize()));
                }
            }
        };
    }
}
