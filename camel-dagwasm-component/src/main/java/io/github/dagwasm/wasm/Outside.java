package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.abi.AssemblyScriptHost;
import io.github.dagwasm.wasm.abi.GuestStreams;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.Wasi;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the guest of one slot can reach: its log, a way to give up, and where its module imports
 * them WASI and what AssemblyScript's library asks for. For one thread at a time.
 */
final class Outside {

    private final CallLog log;
    private final GuestStreams streams;
    private final Optional<Wasi> wasi;
    private final List<HostFunction> functions = new ArrayList<>();

    /**
     * What a guest of a module can reach.
     *
     * @param surroundings what WASI shows of the outside
     * @param log where lines go
     */
    Outside(WasmModule module, GuestSurroundings surroundings, CallLog log) {
        this.log = log;
        functions.add(log.hostFunction());
        functions.add(GuestAbort.hostFunction());
        boolean script = AssemblyScriptHost.isImportedBy(module);
        streams =
                script || module.importsWasi()
                        ? GuestStreams.of(surroundings, log)
                        : GuestStreams.NONE;
        wasi = module.importsWasi() ? Optional.of(module.wasi(streams)) : Optional.empty();
        wasi.ifPresent(made -> functions.addAll(made.functions()));
        if (script) {
            functions.addAll(AssemblyScriptHost.functions(streams));
        }
    }

    List<HostFunction> functions() {
        return functions;
    }

    GuestStreams streams() {
        return streams;
    }

    /** An instance begins, for calls that come later. */
    void beginInstance() {
        if (hasStreams()) {
            streams.beginInstance();
        }
    }

    /** Hands on what was written, and begins anew: nothing of what the guest did is left. */
    void renew() {
        if (hasStreams()) {
            streams.end();
            wasi.ifPresent(Wasi::renew);
        }
    }

    private boolean hasStreams() {
        return streams != GuestStreams.NONE;
    }

    /** Begins anew, and drops what was logged: the same is done again. */
    void undo() {
        renew();
        log.detach();
    }
}
