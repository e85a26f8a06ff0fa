package io.github.dagwasm.wasm.engine;

/**
 * What one instance may have.
 *
 * @param memoryBytes linear memory, in bytes; at least what the module starts with
 * @param tableEntries entries of all its tables together; at least what the module starts with
 * @param callDepth how many calls of its functions may be open at once
 */
public record InstanceLimits(long memoryBytes, long tableEntries, long callDepth) {}
