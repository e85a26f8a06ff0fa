package io.github.dagwasm.wasm.engine;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.DeadlinePassedException;

/**
 * A module's instance, for one thread at a time. After any failure of a call it is not to be used
 * again, nor is its memory.
 */
public interface WasmInstance {

    /**
     * Lets the calls that follow spend anew, whatever was left.
     *
     * @param spending what they may spend together
     */
    void begin(Spending spending);

    /**
     * What the calls since then have spent, also where one of them failed.
     *
     * @return units of fuel, see {@link Spending#fuel}; not exact where functions are interpreted
     */
    long fuelUsed();

    /**
     * Calls an exported function. An interrupt of the calling thread stops the call soon, and so
     * does its deadline.
     *
     * @param function the export's name
     * @param arguments the arguments, as many as the function's type says; an i32 is the low half
     *     of its long
     * @return the results; of an i32 only the low half means something
     * @throws DeadlinePassedException if time is up
     * @throws InterruptedException if the thread was interrupted; its flag is clear then
     * @throws DagWasmException if the guest trapped or went over a limit, if a host function threw,
     *     or if the engine failed
     * @throws GuestExitException if the guest ended itself; then, and after no other exception, the
     *     instance can still be {@linkplain #reset set back} or {@linkplain #retire retired}
     */
    long[] call(String function, long... arguments) throws InterruptedException;

    /**
     * The linear memory.
     *
     * @return the memory, of no bytes where the module has none
     */
    WasmMemory memory();

    /**
     * Keeps a number beside the state, such as the address of something in the memory: an {@link
     * #image} has it too.
     *
     * @param number the number, 0 before the first time
     */
    void keep(long number);

    /**
     * The number kept last, by this instance or in the image that it {@linkplain #adopt adopted}
     * since.
     *
     * @return the number
     */
    long kept();

    /**
     * The most that an {@link #image} of the present state takes of the JVM's heap.
     *
     * @return bytes
     */
    long imageBytes();

    /**
     * Keeps the present state.
     *
     * @return the image
     * @throws UnsupportedOperationException unless the module's instances {@linkplain
     *     WasmModule#freshBecause() can be set back}
     */
    InstanceImage image();

    /**
     * Takes over a state, all of it, and makes it what {@link #reset} leads back to.
     *
     * @param image taken of an instance of the same module with the same limits
     * @throws DeadlinePassedException if time is up; the instance is not to be used again then
     * @throws InterruptedException likewise if the thread was interrupted; its flag is clear then
     */
    void adopt(InstanceImage image) throws InterruptedException;

    /**
     * Sets the instance back to the image adopted last, at a price that depends on what was changed
     * since. Nothing of what the calls wrote can be found afterwards.
     *
     * @throws DeadlinePassedException if time is up; the instance is not to be used again then
     * @throws InterruptedException likewise if the thread was interrupted; its flag is clear then
     */
    void reset() throws InterruptedException;

    /**
     * What the instance holds of its {@link MemoryReserve} now; it may keep, clear, what a call has
     * grown by, and it gives back what it does not keep.
     *
     * @return bytes
     */
    long heldBytes();

    /**
     * Takes the memory out of an instance that has no more use for it.
     *
     * @return the memory, clear
     * @throws DeadlinePassedException if time is up
     * @throws InterruptedException if the thread was interrupted; its flag is clear then
     */
    SpareMemory retire() throws InterruptedException;
}
