package io.github.dagwasm.wasm;

/** Looks into a backend's cache, for tests of other packages. */
public final class LoadedModules {

    private LoadedModules() {}

    /**
     * Counts the modules of a backend.
     *
     * @param backend the backend
     * @return how many are loaded or being loaded
     */
    public static int of(WasmBackend backend) {
        return backend.loadedModules();
    }
}
