package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.PlainReason;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** An engine that a thread of its own, which ends then, makes beforehand. A load waits for it. */
final class EarlyEngine implements WasmEngine {

    private final FutureTask<WasmEngine> engine;

    EarlyEngine(Callable<WasmEngine> made) {
        engine = new FutureTask<>(made);
        Thread maker = new Thread(engine, "dagwasm-engine");
        maker.setDaemon(true);
        maker.start();
    }

    @Override
    public WasmModule load(byte[] wasm) {
        return made().load(wasm);
    }

    @Override
    public WasmModule load(byte[] wasm, String sha256) {
        return made().load(wasm, sha256);
    }

    private WasmEngine made() {
        try {
            return engine.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModuleRefusedException("the thread was interrupted while it was loaded", e);
        } catch (ExecutionException e) {
            throw new ModuleRefusedException(
                    "the engine failed: " + PlainReason.of(e.getCause()), e.getCause());
        }
    }
}
