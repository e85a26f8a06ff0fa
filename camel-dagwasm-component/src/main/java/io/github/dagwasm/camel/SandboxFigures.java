package io.github.dagwasm.camel;

/**
 * What all calls of guests have at one moment, and what they may have.
 *
 * @param instances how many instances there are
 * @param idle how many of them no call uses; they are dropped when one needs the room
 * @param waiting how many calls wait for room
 * @param memoryBytes what the instances take of the heap, in bytes
 * @param maxInstances how many instances there may be
 * @param maxMemoryBytes what they may take of the heap, in bytes
 */
public record SandboxFigures(
        int instances,
        int idle,
        int waiting,
        long memoryBytes,
        int maxInstances,
        long maxMemoryBytes) {

    /** What the smallest memory takes. */
    private static final long PAGE = 65_536;

    /**
     * Whether another call would have to wait.
     *
     * @return true if calls wait, or if no instance is idle and there is room for no other, be it
     *     for want of instances or of memory for a single page
     */
    public boolean full() {
        boolean noRoom = instances >= maxInstances || memoryBytes > maxMemoryBytes - PAGE;
        return waiting > 0 || (idle == 0 && instances > 0 && noRoom);
    }
}
