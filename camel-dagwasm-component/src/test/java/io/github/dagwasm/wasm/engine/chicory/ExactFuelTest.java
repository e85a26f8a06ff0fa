package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fuel is what an interpreter counts that was made for nothing else, to the unit. */
class ExactFuelTest {

    private static final InstanceLimits LIMITS = new InstanceLimits(256 << 20, 1_000_000, 1000);

    private static final HostFunction COPY =
            new HostFunction(
                    "env",
                    "copy",
                    Signature.ofI32(2, 0),
                    (memory, arguments) -> {
                        memory.read(arguments[0], (int) arguments[1]);
                        return new long[0];
                    });

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void isWhatTheOracleCounts(int eighth) throws Exception {
        for (int seed = eighth * 30; seed < eighth * 30 + 30; seed++) {
            byte[] wasm = new RandomGuest(seed).module();
            WasmModule module = new ChicoryEngine().load(wasm);
            long expected = new FuelOracle(wasm).fuel(RandomGuest.ENTRY, 3);

            assertThat(used(module, Spending.UNLIMITED_FUEL))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            assertThat(used(module, expected)).as("seed %d", seed).isEqualTo(expected);
            if (expected > 0) {
                requireTooLittle(module, expected - 1, seed);
                requireTooLittle(module, new Random(seed).nextLong(expected), seed);
            }
        }
    }

    private static void requireTooLittle(WasmModule module, long fuel, int seed) throws Exception {
        WasmInstance instance = instance(module);
        instance.begin(Spending.of(fuel, Long.MAX_VALUE));

        assertThatThrownBy(() -> instance.call(RandomGuest.ENTRY, 3))
                .as("seed %d, fuel %d", seed, fuel)
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        LimitExceededException.byMore("fuel", fuel, "options.fuel_level")
                                .getMessage());
        assertThat(instance.fuelUsed()).as("seed %d, fuel %d", seed, fuel).isEqualTo(fuel);
    }

    @Test
    void isTheSameOnTwoThreadsAtOnce() throws Exception {
        byte[] wasm = new RandomGuest(7).module();
        WasmModule module = new ChicoryEngine().load(wasm);
        long expected = new FuelOracle(wasm).fuel(RandomGuest.ENTRY, 3);

        CompletableFuture<Long> other =
                CompletableFuture.supplyAsync(() -> usedManyTimes(module, expected));
        assertThat(usedManyTimes(module, expected)).isEqualTo(expected);
        assertThat(other.get()).isEqualTo(expected);
    }

    /** What was counted each time, or the first that was not expected. */
    private static long usedManyTimes(WasmModule module, long expected) {
        long used = expected;
        try {
            for (int i = 0; i < 50 && used == expected; i++) {
                used = used(module, Spending.UNLIMITED_FUEL);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return used;
    }

    @Test
    void ofARealGuestIsWhatTheOracleCounts() throws Exception {
        byte[] wasm = Files.readAllBytes(Path.of("../wasm_modules/hello_world.wasm"));
        byte[] text = "hello, world\0".getBytes(StandardCharsets.UTF_8);
        FuelOracle oracle = new FuelOracle(wasm);
        int at = (int) oracle.call("allocate", text.length)[0];
        oracle.write(at, text);
        WasmInstance instance = instance(new ChicoryEngine().load(wasm));
        assertThat((int) instance.call("allocate", text.length)[0]).isEqualTo(at);
        instance.memory().write(at, text);

        long expected = oracle.fuel("process", at);
        instance.begin(Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE));
        instance.call("process", at);

        assertThat(instance.fuelUsed()).isEqualTo(expected).isPositive();
    }

    private static long used(WasmModule module, long fuel) throws Exception {
        WasmInstance instance = instance(module);
        instance.begin(Spending.of(fuel, Long.MAX_VALUE));
        instance.call(RandomGuest.ENTRY, 3);
        return instance.fuelUsed();
    }

    private static WasmInstance instance(WasmModule module) throws Exception {
        return module.instantiate(List.of(COPY), LIMITS, MemoryReserve.UNLIMITED);
    }
}
