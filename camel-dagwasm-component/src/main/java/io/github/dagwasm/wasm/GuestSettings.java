package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.admission.Budgets;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Optional;

/**
 * Settings of a guest.
 *
 * @param budgets how much of what its module may have
 * @param time how long the load may take
 * @param limits what one call may use
 * @param fuel how much fuel one call may use; any if it is absent
 * @param abi how the guest is called
 * @param surroundings what WASI shows of the outside, if the module imports that
 */
record GuestSettings(
        Budgets budgets,
        LoadTime time,
        GuestLimits limits,
        Optional<FuelLevel> fuel,
        AbiOptions abi,
        GuestSurroundings surroundings) {}
