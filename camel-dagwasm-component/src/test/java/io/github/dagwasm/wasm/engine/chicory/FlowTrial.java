package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.wasm.admission.Admission;
import io.github.dagwasm.wasm.admission.Budgets;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the ways in which a random module can run against each other: compiled, interpreted, with
 * as much fuel as it takes and with less, and once more after a reset. The state that a call leaves
 * behind counts as its answer does.
 */
final class FlowTrial {

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 1000, 1000);
    private static final int ARGUMENT = 3;
    private static final String TRAP = "trap";

    private final byte[] wasm;
    private final WasmModule compiled;

    /** What a call came to. */
    private record Answer(String result, long fuel, InstanceState state) {

        /** An instance that trapped is not used again, whatever its state. */
        void requireLike(Answer other, String what) {
            assertThat(other.result).as(what).isEqualTo(result);
            if (!result.equals(TRAP)) {
                assertThat(state.difference(other.state)).as(what).isEmpty();
            }
        }
    }

    private FlowTrial(byte[] wasm, WasmEngine engine) {
        this.wasm = wasm;
        Admission.scan(wasm, Budgets.DEFAULTS, GuestLimits.DEFAULTS, Map.of());
        compiled = engine.load(wasm);
    }

    /**
     * Runs a module in all ways.
     *
     * @param engine the one that compiles
     * @return whether it ended without a trap
     * @throws AssertionError if two ways do not agree
     */
    static boolean run(byte[] wasm, WasmEngine engine) throws InterruptedException {
        FlowTrial trial = new FlowTrial(wasm, engine);
        WasmInstance instance = instance(trial.compiled, Spending.UNLIMITED_FUEL);
        Answer first = answer(instance);
        trial.requireReset(instance(trial.compiled, Spending.UNLIMITED_FUEL), first);
        trial.requireMetering(first);
        trial.requireInterpreted(first, new InterpretedEngine());
        trial.requireInterpreted(first, new InterpretedEngine(Set.of(0, 2, 4)));
        trial.requireInterpreted(first, new InterpretedEngine(Set.of(1, 3)));
        trial.requireFuel(first);
        return !first.result().equals(TRAP);
    }

    private void requireReset(WasmInstance instance, Answer first) throws InterruptedException {
        if (compiled.freshBecause().isPresent()) {
            return;
        }
        instance.adopt(instance.image());
        InstanceState beginning = Innards.of(instance).state();
        answer(instance);
        instance.reset();
        assertThat(beginning.difference(Innards.of(instance).state())).as("reset").isEmpty();
        instance.begin(Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE));
        Answer again = answer(instance);
        first.requireLike(again, "after a reset");
        assertThat(again.fuel()).as("fuel after a reset").isEqualTo(first.fuel());
    }

    private void requireInterpreted(Answer first, WasmEngine engine) throws InterruptedException {
        WasmModule module = engine.load(wasm);
        first.requireLike(
                answer(instance(module, Spending.UNLIMITED_FUEL)),
                "with functions interpreted: " + module.interpretedFunctions());
    }

    private void requireFuel(Answer first) {
        if (!first.result().equals(TRAP)) {
            assertThat(first.fuel())
                    .as("fuel")
                    .isEqualTo(new FuelOracle(wasm).fuel(RandomFlow.ENTRY, ARGUMENT));
        }
    }

    /** With as much fuel as it takes it does the same, and with less it stops when that is gone. */
    private void requireMetering(Answer first) throws InterruptedException {
        Answer again = answer(instance(compiled, first.fuel()));
        first.requireLike(again, "with as much fuel as it takes");
        assertThat(again.fuel()).as("fuel once more").isEqualTo(first.fuel());
        if (first.fuel() > 0) {
            long less = first.fuel() - 1;
            Answer stopped = answer(instance(compiled, less));
            assertThat(stopped.result())
                    .as("with too little fuel")
                    .isEqualTo(
                            LimitExceededException.byMore("fuel", less, "options.fuel_level")
                                    .getMessage());
            assertThat(stopped.fuel()).as("fuel where it stopped").isEqualTo(less);
        }
    }

    private static WasmInstance instance(WasmModule module, long fuel) throws InterruptedException {
        WasmInstance instance = module.instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);
        instance.begin(Spending.of(fuel, Long.MAX_VALUE));
        return instance;
    }

    private static Answer answer(WasmInstance instance) throws InterruptedException {
        String result;
        try {
            result = Long.toHexString(instance.call(RandomFlow.ENTRY, ARGUMENT)[0]);
        } catch (LimitExceededException e) {
            result = e.getMessage();
        } catch (DagWasmException e) {
            result = TRAP;
        }
        return new Answer(result, instance.fuelUsed(), Innards.of(instance).state());
    }
}
