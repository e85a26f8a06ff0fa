package io.github.dagwasm.failure;

/**
 * A module that is not run: not found, not WebAssembly, over a budget, not what its digest
 * promises, or asking for too much.
 */
public final class ModuleRefusedException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message which module, what is wrong with it, what to do
     */
    public ModuleRefusedException(String message) {
        this(message, null);
    }

    /**
     * Creates a failure with its cause.
     *
     * @param message which module, what is wrong with it, what to do
     * @param cause what led to it, or null
     */
    public ModuleRefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String kind() {
        return "module_refused";
    }
}
