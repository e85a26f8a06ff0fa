package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.Limits;
import io.github.dagwasm.spi.ModuleRefusedException;
import io.github.dagwasm.spi.Text;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.admission.Admission;
import io.github.dagwasm.wasm.admission.Budgets;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spoilt modules: each is refused or works, and nothing but our own failures gets out. */
@Timeout(120)
class ModuleFuzzTest {

    private static final long SEED = 20261123;
    private static final int FLIPPED = 6000;
    private static final Limits LIMITS = new Limits(1 << 20, 100, 10_000, 1000, 1000, 100);
    private static final Map<String, String> IMPORTS = Map.of("env.host_log", "(i32, i32) -> ()");

    private final ChicoryEngine engine = new ChicoryEngine();
    private final byte[] sound =
            TestModules.appending("-wasm").table(3).function(0, 0, 3, Code.code()).bytes();

    @Test
    void theSoundModuleIsAdmitted() throws Exception {
        assertThat(load(sound)).isNotNull();
    }

    @Test
    void everyTruncationIsRefusedOrLoads() {
        int refused = 0;
        for (int length = 0; length < sound.length; length++) {
            refused += refused(Arrays.copyOf(sound, length)) ? 1 : 0;
        }

        // The cut before the last section, the data, leaves a whole guest.
        assertThat(refused).isEqualTo(sound.length - 1);
    }

    @Test
    void everyFlippedByteIsRefusedOrRuns() throws Exception {
        Random random = new Random(SEED);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Thread caller = Thread.currentThread();
        try {
            for (int i = 0; i < FLIPPED; i++) {
                byte[] spoilt = sound.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
                }
                var deadline = timer.schedule(caller::interrupt, 500, TimeUnit.MILLISECONDS);
                run(spoilt);
                if (!deadline.cancel(false)) {
                    deadline.get();
                }
                // It may have come after the guest had returned.
                Thread.interrupted();
            }
        } finally {
            timer.shutdownNow();
        }
    }

    private boolean refused(byte[] wasm) {
        try {
            load(wasm);
            return false;
        } catch (ModuleRefusedException e) {
            assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(2000);
            return true;
        }
    }

    private void run(byte[] wasm) {
        try {
            WasmModule module = load(wasm);
            GuestAbi abi = AbiDetector.detect(module, "process");
            var instance =
                    module.instantiate(
                            List.of(new CallLog(100).hostFunction()),
                            new InstanceLimits(
                                    LIMITS.memoryBytes(),
                                    LIMITS.tableEntries(),
                                    LIMITS.callDepth()),
                            MemoryReserve.UNLIMITED);
            abi.call(instance, Text.of("text"), 1000);
        } catch (DagWasmException | InterruptedException e) {
            assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(2000);
        }
    }

    private WasmModule load(byte[] wasm) {
        Admission.scan(wasm, Budgets.DEFAULTS, LIMITS, IMPORTS, UnaryOperator.identity());
        WasmModule module = engine.load(wasm);
        AbiDetector.detect(module, "process");
        return module;
    }
}
