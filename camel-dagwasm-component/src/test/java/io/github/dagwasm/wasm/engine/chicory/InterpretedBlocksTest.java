package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks, loops and branches with parameters leave the operands beneath them alone. */
class InterpretedBlocksTest {

    @Test
    void aBlockTakesTwoOperandsAndLeavesThree() throws Exception {
        TestModule module = new TestModule();
        int type = module.type(2, 3);
        Code block = code().i32(5).i32(6).i32(7).op(0x02, type).i32(8).end().drop().drop().drop();

        require(module.exported("f", 0, 1, 0, block), 5);
    }

    @Test
    void aBranchOutOfABlockDropsItsOperands() throws Exception {
        TestModule module = new TestModule();
        int type = module.type(2, 1);
        Code block = code().i32(50).i32(6).i32(7).op(0x02, type).i32(9).i32(8).br(0).end().sub();

        require(module.exported("f", 0, 1, 0, block), 42);
    }

    @Test
    void anIfHandsItsOperandsToBothBranches() throws Exception {
        TestModule module = new TestModule();
        int type = module.type(2, 1);
        Code one = code().i32(100).i32(9).i32(4).i32(1).op(0x04, type).sub().op(0x05).add().end();
        Code other = code().i32(9).i32(4).i32(0).op(0x04, type).sub().op(0x05).add().end();

        require(module.exported("f", 0, 1, 0, one.add().then(other).add()), 118);
    }

    @Test
    void aLoopCarriesItsOperandsRound() throws Exception {
        TestModule module = new TestModule();
        int type = module.type(2, 2);
        Code body =
                code().set(0).i32(3).add().get(0).i32(1).sub().tee(0).get(0).op(0x45, 0x45).brIf(0);
        Code loop = code().i32(1000).i32(0).i32(5).op(0x03, type).then(body).end().add().add();

        require(module.exported("f", 0, 1, 1, loop), 1015);
    }

    @Test
    void aLoopWithTwoResultsLeavesTheOperandBeneath() throws Exception {
        TestModule module = new TestModule();
        int type = module.type(0, 2);
        Code body = code().get(0).i32(1).add().tee(0).i32(3).op(0x48).brIf(0).i32(1).i32(2);
        Code loop = code().i32(1000).op(0x03, type).then(body).end().add().add();

        require(module.exported("f", 0, 1, 1, loop), 1003);
    }

    private static void require(TestModule module, int expected) throws Exception {
        for (WasmEngine engine : List.of(new ChicoryEngine(), new InterpretedEngine())) {
            long[] results =
                    engine.load(module.bytes())
                            .instantiate(
                                    List.of(),
                                    new InstanceLimits(1 << 20, 100, 100),
                                    MemoryReserve.UNLIMITED)
                            .call("f");
            assertThat((int) results[0]).isEqualTo(expected);
        }
    }
}
