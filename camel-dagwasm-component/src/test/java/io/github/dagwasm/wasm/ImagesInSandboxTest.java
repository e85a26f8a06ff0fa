package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.HeapCost;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a guest's calls begin with is memory too. */
class ImagesInSandboxTest {

    private static final long PAGE = 65_536;

    /** What an instance grows to before its first call. */
    private static final long GROWN_BYTES = 16 * PAGE;

    /** What that costs, which depends on the regions of this JVM's heap. */
    private static final long GROWN = HeapCost.ofArray(GROWN_BYTES);

    /** What is not zero of that. */
    private static final long FILLED = 8 * PAGE;

    private final WasmModule module =
            new ChicoryEngine()
                    .load(
                            TestModules.guest("", code().get(0))
                                    .exported(GuestStart.INITIALIZE, 0, 0, 0, growAndFill())
                                    .bytes());

    private static Code growAndFill() {
        return code().i32(15)
                .memoryGrow()
                .drop()
                .i32((int) FILLED)
                .i32(7)
                .i32((int) FILLED)
                .memoryFill();
    }

    private Slots slots(Sandbox sandbox) {
        GuestStart start =
                new GuestStart(
                        module,
                        AbiDetector.detect(module, AbiOptions.NONE),
                        new InstanceLimits(GROWN_BYTES, 100, 100),
                        Spending.UNLIMITED_FUEL,
                        GuestSurroundings.BARE,
                        sandbox);
        return new Slots(start, sandbox, 0);
    }

    private static void call(Slots slots) throws InterruptedException {
        Slot slot = slots.take(Calls.ofGuest("x"));
        assertThat(slot.process(Calls.ofGuest("x"), 100).text().string()).isEqualTo("x");
        slots.release(slot);
    }

    @Test
    void countUntilTheProcessorIsClosed() throws Exception {
        Sandbox sandbox = new Sandbox(new SandboxBounds(10, 1 << 30, Duration.ZERO));
        Slots slots = slots(sandbox);

        call(slots);
        assertThat(sandbox.use().memoryBytes()).isBetween(GROWN + FILLED, GROWN + FILLED + PAGE);
        call(slots);
        assertThat(sandbox.use().memoryBytes()).isBetween(GROWN + FILLED, GROWN + FILLED + PAGE);

        slots.close();
        assertThat(sandbox.use().memoryBytes()).isZero();
    }

    @Test
    void areForgottenWhereRoomIsWantedAndMadeAgain() throws Exception {
        Sandbox sandbox = new Sandbox(new SandboxBounds(10, 2 * GROWN + FILLED, Duration.ZERO));
        List<Slots> processors = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            processors.add(slots(sandbox));
        }

        for (int round = 0; round < 3; round++) {
            for (Slots each : processors) {
                call(each);
                assertThat(sandbox.use().memoryBytes()).isLessThanOrEqualTo(2 * GROWN + FILLED);
            }
        }

        processors.forEach(Slots::close);
        assertThat(sandbox.use().memoryBytes()).isZero();
    }

    @Test
    void areDoneWithoutWhereThereIsRoomForTheInstanceOnly() throws Exception {
        Sandbox sandbox = new Sandbox(new SandboxBounds(10, GROWN + PAGE, Duration.ZERO));
        Slots slots = slots(sandbox);

        for (int i = 0; i < 3; i++) {
            call(slots);
            assertThat(sandbox.use().memoryBytes()).isEqualTo(GROWN);
        }

        slots.close();
        assertThat(sandbox.use().memoryBytes()).isZero();
    }
}
