package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.Limits;
import java.util.Objects;

/**
 * What the operator says of all modules of a backend. Immutable.
 *
 * @param limits what one call may use where neither the pipeline nor the processor says so
 * @param sources where modules may come from
 */
public record WasmPolicy(Limits limits, ModuleSources sources) {

    /** The default limits; modules from all files, none from servers. */
    public static final WasmPolicy DEFAULTS = new WasmPolicy(Limits.DEFAULTS, ModuleSources.FILES);

    /** Refuses null. */
    public WasmPolicy {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(sources, "sources");
    }

    /**
     * This policy with other limits.
     *
     * @param others what one call may use where nobody says so
     * @return the policy
     */
    public WasmPolicy withLimits(Limits others) {
        return new WasmPolicy(others, sources);
    }

    /**
     * This policy with other sources.
     *
     * @param others where modules may come from
     * @return the policy
     */
    public WasmPolicy withSources(ModuleSources others) {
        return new WasmPolicy(limits, others);
    }
}
