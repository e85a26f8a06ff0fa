package io.github.dagwasm.wasm.engine;

import io.github.dagwasm.failure.ModuleRefusedException;

/** Parses and compiles modules. Safe for use by any number of threads. */
public interface WasmEngine {

    /**
     * Makes a module ready for instances. What happens here may take long and need not heed an
     * interrupt: the caller gives it a thread of its own.
     *
     * @param wasm the binary, already admitted; it is not changed, and the caller does not change
     *     it either
     * @return the module
     * @throws ModuleRefusedException if the engine cannot load it, whatever the reason
     */
    WasmModule load(byte[] wasm);

    /**
     * Does the same for an engine that knows some modules by their digests.
     *
     * @param sha256 the digest of the binary, in lower-case hexadecimal
     */
    default WasmModule load(byte[] wasm, String sha256) {
        return load(wasm);
    }
}
