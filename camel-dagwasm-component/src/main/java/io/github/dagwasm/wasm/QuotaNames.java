package io.github.dagwasm.wasm;

/**
 * Names of the options that bound all calls together, as messages show them.
 *
 * @param instances the option that bounds the instances
 * @param memory the option that bounds the memory
 */
record QuotaNames(String instances, String memory) {

    /** Names of the components of {@link SandboxBounds}. */
    static final QuotaNames OWN = new QuotaNames("instances", "memoryBytes");
}
