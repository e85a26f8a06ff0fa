package io.github.dagwasm.wasm.engine;

/**
 * What one instance may have.
 *
 * @param memoryBytes linear memory, in bytes; at least what the module starts with
 * @param tableEntries entries of all its tables together; at least what the module starts with
 * @param callDepth how many calls of its functions may be open at once, calls of host functions not
 *     counted; a tail call may count until its caller returns. The thread's stack may end before:
 *     that is a trap
 */
public record InstanceLimits(long memoryBytes, long tableEntries, long callDepth) {}
