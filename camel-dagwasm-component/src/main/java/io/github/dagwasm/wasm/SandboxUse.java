package io.github.dagwasm.wasm;

/**
 * What the calls of a backend's guests have at one moment.
 *
 * @param instances how many instances there are
 * @param memoryBytes what their memories and tables take of the heap, in bytes
 * @param waiting how many calls wait for room
 */
public record SandboxUse(int instances, long memoryBytes, int waiting) {}
