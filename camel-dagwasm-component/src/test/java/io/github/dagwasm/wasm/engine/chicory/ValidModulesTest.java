package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid modules that stock Chicory, or its code with ours in it, once failed to load. */
class ValidModulesTest {

    private static final int EMPTY = 0x40;
    private static final int I32 = 0x7f;

    private static final Code DIVISION = code().get(0).get(0).op(0x6e).set(0);

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 64, 100, 512, 1000, 30_000})
    void haveDeadCodeOfAnyLength(int divisions) throws Exception {
        Code never = code().get(0).if_().loop().br(0).end().row(divisions, DIVISION).end().get(0);

        assertThat(result(exporting(never), 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 64, 100, 512, 1000})
    void haveDeadCodeThatCallsAndLoops(int times) throws Exception {
        Code dead =
                code().row(
                                times,
                                code().get(0)
                                        .call(0)
                                        .set(0)
                                        .loop()
                                        .get(0)
                                        .brIf(0)
                                        .block()
                                        .get(0)
                                        .brTable(0)
                                        .end()
                                        .end());
        Code never = code().get(0).if_().loop().br(0).end().then(dead).end().i32(7);

        assertThat(result(exporting(never), 0)).isEqualTo(7);
    }

    @Test
    void endWithWhatNothingReaches() throws Exception {
        Code never = code().block().block().i32(9).return_().end().row(300, DIVISION).end().get(0);

        assertThat(result(exporting(never), 0)).isEqualTo(9);
    }

    @Test
    void branchToTheLabelOfTheFunction() throws Exception {
        Code branch = code().block().i32(4).br(1).end().op(0x02, I32).i32(5).end();

        assertThat(result(exporting(branch), 0)).isEqualTo(4);
    }

    @Test
    void branchToTheLabelOfTheFunctionByATable() throws Exception {
        Code branch = code().block().i32(4).i32(0).brTable(1).end().op(0x02, I32).i32(5).end();

        assertThat(result(exporting(branch), 0)).isEqualTo(4);
    }

    @Test
    void haveATryTableInDeadCode() throws Exception {
        Code dead =
                code().block()
                        .br(0)
                        .block()
                        .op(0x1f, EMPTY, 1, 2, 0)
                        .br(0)
                        .end()
                        .end()
                        .end()
                        .i32(7);

        assertThat(result(exporting(dead), 0)).isEqualTo(7);
    }

    @Test
    void haveATryTableWithoutCode() throws Exception {
        Code empty =
                code().block().op(0x1f, EMPTY, 1, 2, 0).block().op(0x01).end().end().end().i32(7);

        assertThat(result(exporting(empty), 0)).isEqualTo(7);
    }

    @Test
    void referToAFunctionThatIsExported() throws Exception {
        assertThat(result(exporting(code().op(0xd2, 0).drop().i32(7)), 0)).isEqualTo(7);
    }

    @Test
    void referToAFunctionThatAnElementSegmentNames() throws Exception {
        TestModule module = new TestModule().table(9).elements(0, 0);
        module.function(0, 0, 0, code().op(0xd2, 0).drop());
        module.exported("f", 1, 1, 0, code().call(0).i32(7));

        assertThat(result(module, 0)).isEqualTo(7);
    }

    @Test
    void referToNoFunctionThatNothingNames() {
        TestModule module = new TestModule();
        module.function(0, 0, 0, code().op(0xd2, 0).drop());
        module.exported("f", 1, 1, 0, code().i32(7));

        assertThatThrownBy(() -> new ChicoryEngine().load(module.bytes()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "it is not valid: undeclared function reference: ref.func takes function"
                                + " 0, which no export, element segment, table or global names");
    }

    private static TestModule exporting(Code body) {
        return new TestModule().exported("f", 1, 1, 0, body);
    }

    private static int result(TestModule module, int argument) throws Exception {
        WasmInstance instance =
                new ChicoryEngine()
                        .load(module.bytes())
                        .instantiate(
                                List.of(),
                                new InstanceLimits(1 << 20, 100, 100),
                                MemoryReserve.UNLIMITED);
        return (int) instance.call("f", argument)[0];
    }
}
