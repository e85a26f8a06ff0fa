package io.github.dagwasm.wasm;

import java.util.Map;
import java.util.Objects;

/**
 * What the operator says of all modules of a backend. Immutable.
 *
 * @param limits of what one call may use, by the keys of a pipeline file's {@code limits}
 * @param fuel of the fuel of one call, by the key {@code fuel_level}
 * @param admission of what a module may have, by the keys of {@code wasm.admission}
 * @param timeout of how long one call may take
 * @param loadTimeout of how long a module may take to be parsed and compiled
 * @param sandbox what all calls may have together
 * @param sources where modules may come from
 * @param grants what a file may grant to a guest that imports WASI
 */
public record WasmPolicy(
        Allowances limits,
        Allowances fuel,
        Allowances admission,
        TimeAllowance timeout,
        TimeAllowance loadTimeout,
        SandboxBounds sandbox,
        ModuleSources sources,
        Grants grants) {

    /** The built-in defaults, no ceilings; modules from all files, none from servers. */
    public static final WasmPolicy DEFAULTS =
            new WasmPolicy(
                    Allowances.NONE,
                    Allowances.NONE,
                    Allowances.NONE,
                    TimeAllowance.NONE,
                    TimeAllowance.NONE,
                    SandboxBounds.DEFAULTS,
                    ModuleSources.FILES,
                    Grants.ALL);

    /**
     * Sees that the policy can be kept.
     *
     * @throws IllegalArgumentException if a key is not known, if a number or a time is not in its
     *     range, or if a default is above its ceiling; the message names the options of the Camel
     *     component
     */
    public WasmPolicy {
        Objects.requireNonNull(sandbox, "sandbox");
        Objects.requireNonNull(sources, "sources");
        Objects.requireNonNull(grants, "grants");
        WasmKeys.require(limits, fuel, admission, timeout, loadTimeout);
    }

    /**
     * The largest input of one call where no author says otherwise.
     *
     * @return bytes of UTF-8
     */
    public long defaultInputBytes() {
        return new WasmKeys(this).defaultLimits().inputBytes();
    }

    /**
     * What users call the settings of {@code wasm:} where there is no pipeline file to write them
     * in, but only the operator's options.
     *
     * @return the names by the paths of the keys, as in {@code wasm.admission.module_bytes}
     */
    public static Map<String, String> namesOfSettings() {
        return WasmKeys.namesOfSettings();
    }

    /**
     * This policy with other limits.
     *
     * @param others of what one call may use
     * @return the policy
     */
    public WasmPolicy withLimits(Allowances others) {
        return new WasmPolicy(
                others, fuel, admission, timeout, loadTimeout, sandbox, sources, grants);
    }

    /**
     * This policy with other bounds of fuel.
     *
     * @param others of the fuel of one call
     * @return the policy
     */
    public WasmPolicy withFuel(Allowances others) {
        return new WasmPolicy(
                limits, others, admission, timeout, loadTimeout, sandbox, sources, grants);
    }

    /**
     * This policy with other budgets.
     *
     * @param others of what a module may have
     * @return the policy
     */
    public WasmPolicy withAdmission(Allowances others) {
        return new WasmPolicy(limits, fuel, others, timeout, loadTimeout, sandbox, sources, grants);
    }

    /**
     * This policy with another timeout.
     *
     * @param other of how long one call may take
     * @return the policy
     */
    public WasmPolicy withTimeout(TimeAllowance other) {
        return new WasmPolicy(
                limits, fuel, admission, other, loadTimeout, sandbox, sources, grants);
    }

    /**
     * This policy with another timeout of loads.
     *
     * @param other of how long a module may take to be parsed and compiled
     * @return the policy
     */
    public WasmPolicy withLoadTimeout(TimeAllowance other) {
        return new WasmPolicy(limits, fuel, admission, timeout, other, sandbox, sources, grants);
    }

    /**
     * This policy with other bounds.
     *
     * @param others what all calls may have together
     * @return the policy
     */
    public WasmPolicy withSandbox(SandboxBounds others) {
        return new WasmPolicy(
                limits, fuel, admission, timeout, loadTimeout, others, sources, grants);
    }

    /**
     * This policy with other sources.
     *
     * @param others where modules may come from
     * @return the policy
     */
    public WasmPolicy withSources(ModuleSources others) {
        return new WasmPolicy(
                limits, fuel, admission, timeout, loadTimeout, sandbox, others, grants);
    }

    /**
     * This policy with other grants.
     *
     * @param others what a file may grant to a guest that imports WASI
     * @return the policy
     */
    public WasmPolicy withGrants(Grants others) {
        return new WasmPolicy(
                limits, fuel, admission, timeout, loadTimeout, sandbox, sources, others);
    }
}
