package io.github.dagwasm.wasm.engine;

/** How an instance is set back: as it should be, or so that a proof has to notice. */
@FunctionalInterface
public interface Reset {

    /** Sets it back. */
    void reset(WasmInstance instance) throws InterruptedException;
}
