package io.github.dagwasm.wasm.engine.chicory;

/** Error numbers of WASI preview 1 that are ours to give, not the library's. */
final class WasiErrors {

    static final int NONE = 0;
    static final int INVALID = 28;
    static final int NOT_SUPPORTED = 58;

    private WasiErrors() {}
}
