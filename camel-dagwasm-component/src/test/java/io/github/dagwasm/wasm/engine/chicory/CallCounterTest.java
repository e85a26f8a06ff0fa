package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.ChicoryException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class CallCounterTest {

    private static final String PREFIX = "com/dylibso/chicory/$gen/CompiledMachine";

    @Test
    void interpretsAFunctionThatCountingMakesTooLarge() throws Exception {
        // Eight bytes of a JVM method each, eleven when calls are counted: 60,000 and 82,500.
        Code calls = code();
        for (int i = 0; i < 7500; i++) {
            calls.call(0);
        }
        byte[] wasm =
                new TestModule()
                        .function(0, 0, 0, code())
                        .exported("calls", 0, 1, 0, calls.i32(7))
                        .bytes();

        WasmModule module = new ChicoryEngine().load(wasm);

        assertThat(module.interpretedFunctions()).containsExactly(1);
        assertThat(module.partlyInterpreted()).isTrue();
        assertThat((int) instance(module, 2).call("calls")[0]).isEqualTo(7);
        assertThatThrownBy(() -> instance(module, 1).call("calls"))
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void jumpsOverMoreThanAShortOffsetReaches() throws Exception {
        Code body = code().block().get(0).brIf(0);
        for (int i = 0; i < 4000; i++) {
            body.get(1).i32(i).add().set(1);
        }
        byte[] wasm = new TestModule().exported("f", 1, 1, 1, body.end().get(1)).bytes();
        WasmModule module = new ChicoryEngine().load(wasm);

        assertThat(module.interpretedFunctions()).isEmpty();
        assertThat((int) instance(module, 1).call("f", 1)[0]).isZero();
        assertThat((int) instance(module, 1).call("f", 0)[0]).isEqualTo(3999 * 4000 / 2);
    }

    /** The JVM itself keeps a frame for it. */
    @Test
    void aTailCallLeavesTheCallOpen() throws Exception {
        Code down = code().get(0).eqz().if_().i32(7).return_().end();
        down.get(0).i32(1).sub().op(0x12, 0);
        WasmModule module =
                new ChicoryEngine().load(new TestModule().exported("f", 1, 1, 0, down).bytes());

        assertThat((int) instance(module, 11).call("f", 10)[0]).isEqualTo(7);
        assertThatThrownBy(() -> instance(module, 10).call("f", 10))
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void noticesClassesOfAnotherShape() {
        String unknown =
                "Chicory's compiler makes other classes than expected, so calls cannot be counted;"
                        + " another version than 1.7.5 on the class path?";
        InstrumentedClasses none = new InstrumentedClasses(0);

        assertThatThrownBy(() -> none.requireCounted(1))
                .isInstanceOf(ChicoryException.class)
                .hasMessage(unknown);
        assertThatThrownBy(() -> none.put("Bypass", callingPastTheCount()))
                .isInstanceOf(ChicoryException.class)
                .hasMessage(unknown);
    }

    private static byte[] callingPastTheCount() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "Bypass", null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "another", "()V", null, null);
        method.visitCode();
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC, PREFIX + "FuncGroup_0", "func_0", "()V", false);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return writer.toByteArray();
    }

    private static WasmInstance instance(WasmModule module, int callDepth)
            throws InterruptedException {
        return module.instantiate(
                List.of(), new InstanceLimits(1 << 20, 100, callDepth), MemoryReserve.UNLIMITED);
    }
}
