/**
 * Attacks on the sandbox, through the face that a user has: pipelines of one guest with a deadline,
 * on the caller's thread. Every attack ends in one failure of our own, in its time, and the next
 * good message on the same thread gets the right answer. They run in a JVM of their own with a heap
 * of 256 MB.
 *
 * <p>Start reading at {@link io.github.dagwasm.hostile.Attack} and {@code HostileGuestsIT}.
 */
package io.github.dagwasm.hostile;
