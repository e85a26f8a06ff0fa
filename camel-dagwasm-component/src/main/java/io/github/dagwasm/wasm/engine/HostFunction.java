package io.github.dagwasm.wasm.engine;

import java.util.Objects;

/**
 * A function that the host offers to guests.
 *
 * <p>A guest can recurse until hardly any stack is left before it calls the host. So {@link #call}
 * first proves that enough is left, and a body touches only classes that are initialised already,
 * and only copies: a class whose initialisation runs out of stack stays broken for the whole JVM.
 *
 * @param module the module name of the import
 * @param name the name of the import
 * @param signature its type
 * @param body what it does
 */
public record HostFunction(String module, String name, Signature signature, Body body) {

    /** What a host function does. */
    @FunctionalInterface
    public interface Body {

        /**
         * Runs for one call of the guest.
         *
         * @param memory the guest's memory
         * @param arguments the arguments, unchecked
         * @return the results, as the type says
         */
        long[] call(WasmMemory memory, long[] arguments);
    }

    /** Refuses null. */
    public HostFunction {
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(body, "body");
    }

    /**
     * The name under which messages know it.
     *
     * @return module and name with a dot between them
     */
    public String qualifiedName() {
        return module + "." + name;
    }

    /**
     * Runs the body if enough stack is left.
     *
     * @param memory the guest's memory
     * @param arguments the arguments
     * @return the results
     * @throws StackOverflowError if not enough stack is left; the engine reports it as the guest's
     *     trap
     */
    public long[] call(WasmMemory memory, long[] arguments) {
        StackProbe.check();
        return body.call(memory, arguments);
    }
}
