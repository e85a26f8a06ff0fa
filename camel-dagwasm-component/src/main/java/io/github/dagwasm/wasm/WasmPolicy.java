package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.Limits;
import java.util.Objects;

/**
 * What the operator says of all modules of a backend. Immutable.
 *
 * @param limits what one call may use where neither the pipeline nor the processor says so
 */
public record WasmPolicy(Limits limits) {

    /** The default limits. */
    public static final WasmPolicy DEFAULTS = new WasmPolicy(Limits.DEFAULTS);

    /** Refuses null. */
    public WasmPolicy {
        Objects.requireNonNull(limits, "limits");
    }

    /**
     * This policy with other limits.
     *
     * @param others what one call may use where nobody says so
     * @return the policy
     */
    public WasmPolicy withLimits(Limits others) {
        return new WasmPolicy(others);
    }
}
