package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.util.List;
import java.util.Set;

/**
 * A guest calling convention, bound to the exports of one module. Stateless: any number of threads
 * may use it, each with an instance of its own.
 */
public interface GuestAbi {

    /**
     * The name of the convention, as {@code abi:} says it.
     *
     * @return the name
     */
    String name();

    /**
     * The exported functions that a call uses.
     *
     * @return their names, the one that processes the text first
     */
    List<String> functions();

    /**
     * The options beside {@code abi} and {@code function} that say something to this convention.
     * Those of WASI are everybody's whose module imports it.
     *
     * @return names of options, see {@link AbiOptions}
     */
    default Set<String> options() {
        return Set.of();
    }

    /**
     * What of the call's attributes the guest is shown.
     *
     * @return names of headers
     */
    default Set<String> attributes() {
        return Set.of();
    }

    /**
     * Whether any bytes go in and come out, be they a text or not.
     *
     * @return false where both are texts
     */
    default boolean carriesBytes() {
        return false;
    }

    /**
     * Hands a text to the guest, and takes its answer.
     *
     * @param instance an initialised instance of the module
     * @param call the text, and what surrounds it
     * @param streams the instance's standard streams
     * @param room how long the answer may be, and where its copies are
     * @return the answer
     * @throws InterruptedException if the thread was interrupted
     * @throws DagWasmException if the convention cannot carry the text, if the guest trapped or
     *     broke the convention, or if a limit was exceeded
     * @throws GuestExitException if the guest ended itself, and that is no answer
     */
    Answer call(WasmInstance instance, GuestInput call, GuestStreams streams, AnswerRoom room)
            throws InterruptedException;

    /**
     * Makes one allocation and gives it back, so that the guest's allocator has what it needs
     * before the first text comes.
     *
     * @param instance an initialised instance of the module; not to be used again after a failure
     * @throws InterruptedException if the thread was interrupted, or time is up
     * @throws DagWasmException if the guest trapped, or if a limit was exceeded
     */
    void warmUp(WasmInstance instance) throws InterruptedException;
}
