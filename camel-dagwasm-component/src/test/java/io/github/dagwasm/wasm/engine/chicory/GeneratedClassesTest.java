package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.dylibso.chicory.compiler.internal.Compiler;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What stands between a fault of the compiler and the JVM. */
class GeneratedClassesTest {

    /** The name of a class that is passed on as it is. */
    private static final String AS_IT_IS = Compiler.DEFAULT_CLASS_NAME.replace('.', '/') + "Shaded";

    @Test
    void bytecodeIsVerifiedBeforeAnyOfItRuns() {
        Throwable thrown =
                catchThrowable(() -> new InstrumentedClasses(0).put(AS_IT_IS, numberAsReference()));

        assertThat(thrown).isInstanceOf(VerifyError.class).hasMessageContaining("Bad type");
    }

    @Test
    void aWellTypedClassIsDefined() {
        assertThat(catchThrowable(() -> new InstrumentedClasses(0).put(AS_IT_IS, method(false))))
                .isNull();
    }

    private static byte[] numberAsReference() {
        return method(true);
    }

    private static byte[] method(boolean forged) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, AS_IT_IS, null, "java/lang/Object", null);
        MethodVisitor method =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                        "forge",
                        "(J)Ljava/lang/Object;",
                        null,
                        null);
        method.visitCode();
        if (forged) {
            method.visitVarInsn(Opcodes.LLOAD, 0);
            method.visitInsn(Opcodes.L2I);
        } else {
            method.visitInsn(Opcodes.ACONST_NULL);
        }
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(2, 2);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
