package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random modules answer alike, compiled and interpreted, in whole and in part. */
class InterpretedFlowTest {

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 1000, 1000);

    @ParameterizedTest
    @EnumSource
    void answersAsCompiled(RandomFlow.Tries tries) throws Exception {
        compare(0, 25, tries);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("ci")
    void answersAsCompiledHundredsOfTimes(RandomFlow.Tries tries) throws Exception {
        compare(25, 200, tries);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void answersAsCompiledThousandsOfTimes(RandomFlow.Tries tries) throws Exception {
        compare(200, 6000, tries);
    }

    private static void compare(int from, int to, RandomFlow.Tries tries) throws Exception {
        for (int seed = from; seed < to; seed++) {
            byte[] wasm = new RandomFlow(seed, RandomFlow.Shape.flow(tries)).module();
            String compiled = answer(new ChicoryEngine(), wasm);

            assertThat(answer(new InterpretedEngine(), wasm))
                    .as("seed %d", seed)
                    .isEqualTo(compiled);
            assertThat(answer(new InterpretedEngine(Set.of(0, 2, 4)), wasm))
                    .as("seed %d, in part", seed)
                    .isEqualTo(compiled);
            assertThat(answer(new InterpretedEngine(Set.of(1, 3)), wasm))
                    .as("seed %d, in another part", seed)
                    .isEqualTo(compiled);
        }
    }

    private static String answer(WasmEngine engine, byte[] wasm) throws Exception {
        WasmInstance instance =
                engine.load(wasm).instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);
        try {
            return Arrays.toString(instance.call(RandomFlow.ENTRY, 3));
        } catch (TrapException e) {
            return "trap";
        }
    }
}
