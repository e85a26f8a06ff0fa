package io.github.dagwasm.wasm.engine;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.DeadlinePassedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A loaded module. Safe for use by any number of threads. */
public interface WasmModule {

    /**
     * The functions that the module exports.
     *
     * @return their types by name, in the order of the binary; the names are the guest's text
     */
    Map<String, Signature> functions();

    /**
     * The type of an exported function.
     *
     * @param name the export's name
     * @return the type, empty where there is no function of this name
     */
    default Optional<Signature> function(String name) {
        return Optional.ofNullable(functions().get(name));
    }

    /**
     * Whether the module exports a linear memory.
     *
     * @param name the export's name
     * @return true if there is a memory of this name
     */
    boolean exportsMemory(String name);

    /**
     * Whether some of its functions run in an interpreter, because they do not fit into what the
     * engine compiles to.
     *
     * @return true if at least one does
     */
    default boolean partlyInterpreted() {
        return !interpretedFunctions().isEmpty();
    }

    /**
     * Which of its functions run in an interpreter. They keep all limits, but are many times
     * slower.
     *
     * @return their indices, imports counted, in ascending order
     */
    List<Integer> interpretedFunctions();

    /**
     * Why an instance cannot be set back to what it was before a call, so that each call needs a
     * fresh one.
     *
     * @return what of the module is in the way, for people; empty where nothing is
     */
    Optional<String> freshBecause();

    /**
     * Whether it imports a function.
     *
     * @param from the import's module name
     * @param name the import's name
     * @return true if there is a function among its imports with both
     */
    boolean importsFunction(String from, String name);

    /**
     * Whether it imports functions of WASI preview 1.
     *
     * @return true if it imports at least one
     */
    boolean importsWasi();

    /**
     * Makes the functions of WASI preview 1 that the module imports, for one instance.
     *
     * @param world what the instance sees of the outside
     * @return the functions
     */
    Wasi wasi(WasiWorld world);

    /**
     * What an instance begins with: its linear memory, its tables, and what else of it grows with
     * the module, in whole pages.
     *
     * @return bytes of the JVM's heap, as {@link MemoryReserve} counts them
     */
    long initialBytes();

    /**
     * Makes a fresh instance and runs the module's start function, if it has one. An interrupt of
     * the calling thread stops that soon, and so does the deadline.
     *
     * @param hostFunctions what the instance may import; more than it does import is no fault
     * @param limits what the instance may have
     * @param reserve where what it grows by comes from; the caller has taken {@link #initialBytes},
     *     or what the spare memory has if that is more
     * @param spending what may be spent, by the start function and until {@link WasmInstance#begin}
     * @param spare memory to use again, if there is any
     * @return the instance
     * @throws DeadlinePassedException if time is up
     * @throws InterruptedException if the thread was interrupted
     * @throws DagWasmException if the start function trapped or went over a limit, or if the engine
     *     failed
     * @throws GuestExitException if the start function ended the guest
     */
    WasmInstance instantiate(
            List<HostFunction> hostFunctions,
            InstanceLimits limits,
            MemoryReserve reserve,
            Spending spending,
            Optional<SpareMemory> spare)
            throws InterruptedException;

    /**
     * Makes a fresh instance on memory of its own, whose time and fuel have no end.
     *
     * @param hostFunctions what the instance may import
     * @param limits what the instance may have
     * @param reserve where what it grows by comes from
     * @return the instance
     * @throws InterruptedException if the thread was interrupted
     * @throws DagWasmException as above
     */
    default WasmInstance instantiate(
            List<HostFunction> hostFunctions, InstanceLimits limits, MemoryReserve reserve)
            throws InterruptedException {
        Spending unlimited = Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE);
        return instantiate(hostFunctions, limits, reserve, unlimited, Optional.empty());
    }
}
