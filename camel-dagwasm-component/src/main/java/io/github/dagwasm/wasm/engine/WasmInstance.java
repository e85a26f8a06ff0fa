package io.github.dagwasm.wasm.engine;

import io.github.dagwasm.spi.DagWasmException;

/**
 * A module's instance, for one thread at a time. After any failure of a call it is not to be used
 * again.
 */
public interface WasmInstance {

    /**
     * Calls an exported function. An interrupt of the calling thread stops the call soon.
     *
     * @param function the export's name
     * @param arguments the arguments, as many as the function's type says; an i32 is the low half
     *     of its long
     * @return the results; of an i32 only the low half means something
     * @throws InterruptedException if the thread was interrupted; its flag is clear then
     * @throws DagWasmException if the guest trapped or went over a limit, if a host function threw,
     *     or if the engine failed
     */
    long[] call(String function, long... arguments) throws InterruptedException;

    /**
     * The linear memory.
     *
     * @return the memory, of no bytes where the module has none
     */
    WasmMemory memory();
}
