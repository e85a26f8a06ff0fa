package io.github.dagwasm.wasm.engine;

/**
 * What one instance may have.
 *
 * @param memoryBytes linear memory, in bytes; at least what the module starts with
 * @param tableEntries entries of all its tables together; at least what the module starts with
 */
public record InstanceLimits(long memoryBytes, long tableEntries) {}
