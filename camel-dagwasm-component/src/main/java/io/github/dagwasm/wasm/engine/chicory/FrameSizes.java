package io.github.dagwasm.wasm.engine.chicory;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.CodeSizeEvaluator;

/**
 * Sizes of the stack frames of the methods of one generated class, in bytes. A size is an estimate
 * from above that depends on the method alone: the largest of the frames that the JVM's interpreter
 * and its compilers make of the method, on 64-bit processors.
 *
 * <ul>
 *   <li>The interpreter keeps every variable and operand, 8 bytes each, and twelve words.
 *   <li>C1 reserves a word for each operand. A value that it needs after a call gets a place of its
 *       own, which no other value shares: so a frame grows with the number of values, not with that
 *       of variables.
 *   <li>C2 shares places, and makes the smallest frames, unless it puts other methods into one.
 * </ul>
 */
final class FrameSizes {

    /** Methods with more code are compiled by neither compiler (HotSpot's HugeMethodLimit). */
    private static final int MOST_COMPILED = 8000;

    private static final int WORD = 8;

    /** What a frame of the interpreter has beside variables and operands. */
    private static final int INTERPRETER_WORDS = 12;

    /**
     * What C1 adds: its own words, and operands of the small methods that it puts into this one.
     */
    private static final int C1_WORDS = 18;

    /** C1 gives half of a word to an {@code int}, a whole one to a {@code long}. */
    private static final int STORED_SLOT = 4;

    /** Of the values that methods return, many are used up before the next call. */
    private static final int RETURNED_SLOT = 2;

    /** Operands that counting calls adds to a method. */
    private static final int COUNTING_SLOTS = 5;

    private final Map<String, Integer> sizes = new HashMap<>();

    private FrameSizes() {}

    /**
     * Measures the methods that guests' calls go through.
     *
     * @param generated the class as Chicory generates it
     */
    static FrameSizes of(ClassReader generated) {
        FrameSizes sizes = new FrameSizes();
        generated.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String type,
                            String signature,
                            String[] exceptions) {
                        return CallCounter.isCounted(name) ? sizes.new Measured(name, type) : null;
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return sizes;
    }

    /** The size of a frame of a method that a guest's calls go through. */
    int of(String method) {
        return sizes.get(method);
    }

    /** Counts what decides about the size of one method's frame. */
    private final class Measured extends CodeSizeEvaluator {

        private final String name;
        private final int parameters;
        private int valueBytes;

        Measured(String name, String type) {
            super(Opcodes.ASM9, null);
            this.name = name;
            parameters = CallCounter.firstVariable(type);
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
                boolean wide = opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE;
                valueBytes += (wide ? 2 : 1) * STORED_SLOT;
            }
            super.visitVarInsn(opcode, variable);
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String method, String type, boolean onInterface) {
            valueBytes += Type.getReturnType(type).getSize() * RETURNED_SLOT;
            super.visitMethodInsn(opcode, owner, method, type, onInterface);
        }

        @Override
        public void visitMaxs(int stack, int variables) {
            int operands = stack + COUNTING_SLOTS;
            int interpreted = (INTERPRETER_WORDS + variables - parameters + operands) * WORD;
            int compiled = (C1_WORDS + operands) * WORD + valueBytes;
            sizes.put(
                    name,
                    getMaxSize() > MOST_COMPILED ? interpreted : Math.max(interpreted, compiled));
            super.visitMaxs(stack, variables);
        }
    }
}
