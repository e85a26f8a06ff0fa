package io.github.dagwasm.wasm.engine.chicory;

import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The methods of one class more that stands beside the classes generated from a module. Those see
 * Chicory's classes and the JDK's, not always ours; so what they ask of the {@link CountedMachine}
 * they ask by interfaces of the JDK.
 */
enum CountClass {

    /** Ends the guest unless at least one call is left. */
    REQUIRE("require", "(ILcom/dylibso/chicory/runtime/Instance;)V"),

    /** Tells the machine how many calls are left. */
    HAND_OVER("handOver", "(ILcom/dylibso/chicory/runtime/Instance;)V"),

    /** Asks the machine how many calls are left. */
    LEFT("left", "(Lcom/dylibso/chicory/runtime/Instance;)I");

    /** The most values that a call of one of these adds to a method's stack. */
    static final int ARGUMENTS = 2;

    private static final String SUFFIX = "Count";
    private static final String INSTANCE = "com/dylibso/chicory/runtime/Instance";
    private static final String MACHINE = "com/dylibso/chicory/runtime/Machine";

    private final String method;
    private final String type;

    CountClass(String method, String type) {
        this.method = method;
        this.type = type;
    }

    /**
     * Writes a call of it.
     *
     * @param to the calling method
     * @param prefix the internal name that those of all generated classes begin with
     */
    void invoke(MethodVisitor to, String prefix) {
        to.visitMethodInsn(Opcodes.INVOKESTATIC, prefix + SUFFIX, method, type, false);
    }

    /**
     * The class.
     *
     * @param prefix the internal name that those of all generated classes begin with
     * @return its bytes
     */
    static byte[] bytes(String prefix) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                Opcodes.V11,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                prefix + SUFFIX,
                null,
                Type.getInternalName(Object.class),
                null);
        require(REQUIRE.begin(writer));
        handOver(HAND_OVER.begin(writer));
        left(LEFT.begin(writer));
        writer.visitEnd();
        return writer.toByteArray();
    }

    private MethodVisitor begin(ClassWriter writer) {
        MethodVisitor body = writer.visitMethod(Opcodes.ACC_STATIC, method, type, null, null);
        body.visitCode();
        return body;
    }

    private static void require(MethodVisitor body) {
        Label enough = new Label();
        body.visitVarInsn(Opcodes.ILOAD, 0);
        body.visitJumpInsn(Opcodes.IFGT, enough);
        machine(body, 1, Runnable.class);
        body.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, Type.getInternalName(Runnable.class), "run", "()V", true);
        body.visitLabel(enough);
        body.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        end(body, Opcodes.RETURN);
    }

    private static void handOver(MethodVisitor body) {
        machine(body, 1, IntConsumer.class);
        body.visitVarInsn(Opcodes.ILOAD, 0);
        body.visitMethodInsn(
                Opcodes.INVOKEINTERFACE,
                Type.getInternalName(IntConsumer.class),
                "accept",
                "(I)V",
                true);
        end(body, Opcodes.RETURN);
    }

    private static void left(MethodVisitor body) {
        machine(body, 0, IntSupplier.class);
        body.visitMethodInsn(
                Opcodes.INVOKEINTERFACE,
                Type.getInternalName(IntSupplier.class),
                "getAsInt",
                "()I",
                true);
        end(body, Opcodes.IRETURN);
    }

    private static void machine(MethodVisitor body, int instance, Class<?> as) {
        body.visitVarInsn(Opcodes.ALOAD, instance);
        body.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, INSTANCE, "getMachine", "()L" + MACHINE + ";", false);
        body.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(as));
    }

    private static void end(MethodVisitor body, int opcode) {
        body.visitInsn(opcode);
        body.visitMaxs(2, 2);
        body.visitEnd();
    }
}
