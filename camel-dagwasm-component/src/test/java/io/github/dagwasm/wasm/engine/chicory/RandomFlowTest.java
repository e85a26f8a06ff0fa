package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Modules with dead code, exceptions and blocks of many values answer as with stock Chicory. */
class RandomFlowTest {

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 1000, 1000);

    @ParameterizedTest
    @EnumSource
    void answersAsStockChicoryDoes(RandomFlow.Tries tries) throws Exception {
        compare(0, 40, tries);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void answersAsStockChicoryDoesThousandsOfTimes(RandomFlow.Tries tries) throws Exception {
        compare(200, 6000, tries);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("ci")
    void answersAsStockChicoryDoesHundredsOfTimes(RandomFlow.Tries tries) throws Exception {
        compare(40, 200, tries);
    }

    private static void compare(int from, int to, RandomFlow.Tries tries) throws Exception {
        int compared = 0;
        int comparedMended = 0;
        for (int seed = from; seed < to; seed++) {
            byte[] wasm = new RandomFlow(seed, RandomFlow.Shape.flow(tries)).module();
            WasmInstance ours =
                    new ChicoryEngine()
                            .load(wasm)
                            .instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);
            String answer = answer(ours);
            Optional<Instance> mended = compiled(MendedModule.of(Parser.parse(wasm)));
            if (mended.isPresent()) {
                comparedMended++;
                assertThat(answer(mended.get())).as("seed %d", seed).isEqualTo(answer);
            }
            Optional<Instance> stock = compiled(Parser.parse(wasm));
            if (stock.isPresent()) {
                compared++;
                assertThat(answer(stock.get())).as("seed %d", seed).isEqualTo(answer);
            }
        }
        assertThat(comparedMended).isGreaterThan((to - from) * 9 / 10);
        if (tries == RandomFlow.Tries.NONE) {
            // Stock Chicory compiles few of those with dead try_tables.
            assertThat(compared).isGreaterThan((to - from) / 2);
        }
    }

    /** Empty where stock Chicory fails, as it does with some exceptions. */
    private static Optional<Instance> compiled(WasmModule module) {
        try {
            return Optional.of(instance(module));
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static Instance instance(WasmModule module) {
        return Instance.builder(module).withMachineFactory(MachineFactoryCompiler::compile).build();
    }

    private static String answer(WasmInstance instance) throws Exception {
        try {
            return Arrays.toString(instance.call(RandomFlow.ENTRY, 3));
        } catch (TrapException e) {
            return "trap";
        }
    }

    private static String answer(Instance instance) {
        try {
            return Arrays.toString(instance.export(RandomFlow.ENTRY).apply(3));
        } catch (RuntimeException e) {
            return "trap";
        }
    }
}
