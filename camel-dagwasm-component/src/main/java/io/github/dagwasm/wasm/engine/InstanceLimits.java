package io.github.dagwasm.wasm.engine;

/**
 * What one instance may have.
 *
 * @param memoryBytes linear memory, in bytes; at least what the module starts with
 * @param tableEntries entries of all its tables together; at least what the module starts with
 * @param callDepth how many calls of its functions may be open at once, calls of host functions not
 *     counted; a tail call may count until its caller returns
 * @param stackBytes how many bytes of stack the frames of the open calls may take together, each by
 *     the largest size that its function's frame can have; the thread's stack may end before: that
 *     is a trap whose cause is a {@link StackOverflowError}
 */
public record InstanceLimits(long memoryBytes, long tableEntries, long callDepth, long stackBytes) {

    /** Stands for no limit of the stack: there the thread's own stack ends a recursion. */
    public static final long ANY_STACK = Long.MAX_VALUE;

    /**
     * Limits with {@linkplain #ANY_STACK no limit} of the stack.
     *
     * @param memoryBytes linear memory, in bytes
     * @param tableEntries entries of all its tables together
     * @param callDepth how many calls of its functions may be open at once
     */
    public InstanceLimits(long memoryBytes, long tableEntries, long callDepth) {
        this(memoryBytes, tableEntries, callDepth, ANY_STACK);
    }
}
