package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResetObstacleTest {

    private static final int EMPTY_BLOCK = 0x40;

    static Stream<Arguments> obstacles() {
        return Stream.of(
                obstacle(
                        code().i32(0).refNull().op(0x26, 0),
                        "it can change a table (table.set in function 3)"),
                obstacle(
                        code().refNull().i32(1).tableGrow().drop(),
                        "it can change a table (table.grow in function 3)"),
                obstacle(
                        code().i32(0).refNull().i32(1).tableFill(),
                        "it can change a table (table.fill in function 3)"),
                obstacle(
                        code().i32(0).i32(0).i32(1).tableCopy(),
                        "it can change a table (table.copy in function 3)"),
                obstacle(
                        code().i32(0).i32(0).i32(1).tableInit(1),
                        "it can change a table (table.init in function 3)"),
                obstacle(
                        code().op(0xfc, 0x09, 0),
                        "it can drop a segment (data.drop in function 3)"),
                obstacle(
                        code().op(0xfc, 0x0d, 1),
                        "it can drop a segment (elem.drop in function 3)"),
                obstacle(code().returnCall(1), "it makes tail calls (return_call in function 3)"),
                obstacle(
                        code().i32(0).returnCallIndirect(0),
                        "it makes tail calls (return_call_indirect in function 3)"),
                obstacle(
                        code().op(0xd2, 1).op(0x15, 0),
                        "it makes tail calls (return_call_ref in function 3)"),
                obstacle(
                        code().op(0x08, 0),
                        "it throws or catches exceptions (throw in function 3)"),
                obstacle(
                        code().op(0xd0, 0x69).op(0x0a),
                        "it throws or catches exceptions (throw_ref in function 3)"),
                obstacle(
                        code().op(0x1f, EMPTY_BLOCK, 0).end(),
                        "it throws or catches exceptions (try_table in function 3)"));
    }

    private static Arguments obstacle(Code code, String reason) {
        return Arguments.of(reason, code);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("obstacles")
    void isNamedWithItsInstructionAndFunction(String reason, Code code) {
        WasmModule module = Parser.parse(module(code));

        assertThat(ResetObstacle.find(module, Set.of())).contains(reason);
    }

    @Test
    void nothingElseIsOne() {
        Code harmless = code().i32(0).i32(0).i32(1).memoryInit(0).i32(1).memoryGrow().drop();
        harmless.i32(1).globalSet(0).i32(0).op(0x25, 0).drop().i32(0).callIndirect(0);
        harmless.i32(0).i32(0).i32(1).memoryCopy().i32(0).i32(0).i32(1).memoryFill();

        assertThat(ResetObstacle.find(Parser.parse(module(harmless)), Set.of())).isEmpty();
        for (byte[] guest : List.of(TestModules.echo(), TestModules.append("!"))) {
            assertThat(new ChicoryEngine().load(guest).freshBecause()).isEmpty();
        }
    }

    @Test
    void anInterpretedFunctionIsOne() {
        WasmModule module = Parser.parse(module(code()));

        assertThat(ResetObstacle.find(module, Set.of(3, 1)))
                .contains("its function 1 runs in the interpreter");
        assertThat(new ChicoryEngine().load(TestModules.endlessLoopInHugeFunction()).freshBecause())
                .contains("its function 3 runs in the interpreter");
    }

    @Test
    void anInstanceOfSuchAModuleHasNoImage() throws Exception {
        HostFunction host =
                new HostFunction("env", "host", Signature.ofI32(0, 0), (memory, a) -> new long[0]);
        WasmInstance instance =
                new ChicoryEngine()
                        .load(module(code().op(0xfc, 0x09, 0)))
                        .instantiate(
                                List.of(host),
                                new InstanceLimits(1 << 20, 100, 100),
                                MemoryReserve.UNLIMITED);

        assertThatThrownBy(instance::image)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("it can drop a segment (data.drop in function 3)");
    }

    /** Function 0 is imported, and 3 does what is asked about. */
    private static byte[] module(Code code) {
        return new TestModule()
                .memory(1)
                .table(2)
                .global(0)
                .tag()
                .elements(0, 1)
                .passiveElements(1)
                .passiveData(new byte[] {1, 2, 3})
                .importFunction("env", "host", 0, 0)
                .function(0, 0, 0, code())
                .function(0, 0, 0, code())
                .exported("f", 0, 0, 0, code)
                .bytes();
    }
}
