package io.github.dagwasm.wasm;

/**
 * What a backend's guests have at one moment.
 *
 * @param instances how many instances there are
 * @param memoryBytes what their memories and tables take of the heap, and what is kept of how each
 *     processor's calls begin, in bytes
 * @param waiting how many calls wait for room
 * @param idle how many of the instances no call uses; they are dropped when one needs the room
 */
public record SandboxUse(int instances, long memoryBytes, int waiting, int idle) {}
