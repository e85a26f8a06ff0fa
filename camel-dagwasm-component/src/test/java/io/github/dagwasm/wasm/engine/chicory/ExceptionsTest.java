package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmEngine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exceptions go where the specification says, where stock Chicory gets it wrong. */
class ExceptionsTest {

    private static final int EMPTY = 0x40;
    private static final int I64 = 0x7e;
    private static final int TRY_TABLE = 0x1f;
    private static final int CATCH = 0;
    private static final int CATCH_ALL = 2;

    /** The type of the function that throws, after that of the tag. */
    private static final int TYPE = 1;

    static List<Code> tailCalls() {
        return List.of(
                code().returnCall(0),
                code().i32(0).returnCallIndirect(TYPE),
                code().op(0xd2, 0).op(0x15, TYPE));
    }

    @ParameterizedTest
    @MethodSource("tailCalls")
    void aTailCallIsNotCaughtByTheFunctionThatItLeaves(Code tailCall) {
        Code caught = tryTable(tailCall).i32(7);

        assertThatThrownBy(() -> result(throwing().exported("f", 0, 1, 0, caught)))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest trapped: uncaught exception");
    }

    @ParameterizedTest
    @MethodSource("tailCalls")
    void aTailCallIsCaughtByTheCallerOfTheFunctionThatItLeaves(Code tailCall) throws Exception {
        TestModule module =
                throwing()
                        .function(0, 1, 0, tryTable(tailCall).i32(7))
                        .exported("f", 0, 1, 0, tryTable(code().call(1).return_()).i32(8));

        assertThat(result(module)).isEqualTo(8);
    }

    @Test
    void aTailCallOutOfABlockLeavesItsOperandsBehind() throws Exception {
        Code inner =
                code().block()
                        .i32(1)
                        .i32(2)
                        .op(TRY_TABLE, EMPTY, 1, CATCH_ALL, 0)
                        .i32(3)
                        .i32(40)
                        .i32(2)
                        .returnCall(0)
                        .end()
                        .drop()
                        .drop()
                        .end()
                        .i32(9);
        TestModule module = new TestModule().tag().function(2, 1, 0, code().get(0).get(1).sub());
        module.exported("f", 0, 1, 0, inner);

        assertThat(result(module)).isEqualTo(38);
    }

    @Test
    void aTryTableTakesItsOperandsInOrder() throws Exception {
        TestModule module = new TestModule().tag();
        int two = module.type(2, 1);
        Code order =
                code().i32(100).i32(9).i32(2).op(TRY_TABLE, two, 1, CATCH, 0, 0).sub().end().add();

        assertThat(
                        result(
                                module.exported(
                                        "f",
                                        0,
                                        1,
                                        0,
                                        code().block().then(order).return_().end().i32(1))))
                .isEqualTo(107);
    }

    @Test
    void whatIsCaughtFurtherOutLeavesOperandsBehind() throws Exception {
        Code body =
                code().i32(100)
                        .block()
                        .i32(1)
                        .i32(2)
                        .block()
                        .i32(3)
                        .op(TRY_TABLE, EMPTY, 1, CATCH_ALL, 1)
                        .op(0x08, 0)
                        .end()
                        .drop()
                        .end()
                        .drop()
                        .drop()
                        .end()
                        .i32(7)
                        .add();

        assertThat(result(new TestModule().tag().exported("f", 0, 1, 0, body))).isEqualTo(107);
    }

    @Test
    void whatIsThrownLeavesTheOperandsBeneathAsTheyAre() throws Exception {
        TestModule module = new TestModule();
        int tag = module.rawType(TestModule.bytes(0x60, 4, I64, I64, I64, I64, 0));
        int caught = module.rawType(TestModule.bytes(0x60, 0, 4, I64, I64, I64, I64));
        Code body =
                code().i32(100)
                        .i32(20)
                        .op(0x02, caught)
                        .op(TRY_TABLE, EMPTY, 1, CATCH, 0, 0)
                        .then(code().row(4, code().i64(-1)))
                        .op(0x08, 0)
                        .end()
                        .unreachable()
                        .end()
                        .then(code().row(4, code().drop()))
                        .sub();
        module.item(13, TestModule.bytes(0, tag)).exported("f", 0, 1, 0, body);

        assertThat(result(module)).isEqualTo(80);
    }

    /** A function that throws, by a tag and in a table. */
    @Test
    void noExceptionIsThrownByANullReference() {
        byte[] module =
                new TestModule().exported("f", 0, 0, 0, code().op(0xd0, 0x69).op(0x0a)).bytes();

        for (WasmEngine engine : List.of(new ChicoryEngine(), new InterpretedEngine())) {
            assertThatThrownBy(
                            () ->
                                    engine.load(module)
                                            .instantiate(
                                                    List.of(),
                                                    new InstanceLimits(1 << 20, 100, 100),
                                                    MemoryReserve.UNLIMITED)
                                            .call("f"))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("the guest trapped: null exception reference");
        }
    }

    private static TestModule throwing() {
        return new TestModule().tag().table(1).elements(0, 0).function(0, 1, 0, code().op(0x08, 0));
    }

    private static Code tryTable(Code body) {
        return code().block()
                .op(TRY_TABLE, EMPTY, 1, CATCH_ALL, 0)
                .then(body)
                .end()
                .unreachable()
                .end();
    }

    private static int result(TestModule module) throws Exception {
        return (int)
                new ChicoryEngine()
                        .load(module.bytes())
                        .instantiate(
                                List.of(),
                                new InstanceLimits(1 << 20, 100, 100),
                                MemoryReserve.UNLIMITED)
                        .call("f")[0];
    }
}
