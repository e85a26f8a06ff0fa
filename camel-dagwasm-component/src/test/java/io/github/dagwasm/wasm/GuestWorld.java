package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dagwasm.wasm.abi.GuestStreams;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;

/** All that the guest of one slot can reach of its host, without a grant. For one thread. */
public final class GuestWorld {

    private static final int LOG_BYTES = 1000;

    private final CallLog log = new CallLog(LOG_BYTES);
    private final Outside outside;

    /** Makes one for a guest of a module. */
    public GuestWorld(WasmModule module) {
        outside = new Outside(module, GuestSurroundings.BARE, log);
    }

    /** What the guest may import. */
    public List<HostFunction> functions() {
        return outside.functions();
    }

    /** Its standard streams. */
    public GuestStreams streams() {
        return outside.streams();
    }

    /** Begins anew, as after every call. */
    public void renew() {
        outside.renew();
    }

    /** Leaves out what the engine's library keeps: what finds secrets has to find those there. */
    public void renewStreamsOnly() {
        outside.streams().end();
    }

    /** What was logged since the last time. */
    public List<String> logged() {
        return log.detach().lines().stream().map(line -> new String(line, UTF_8)).toList();
    }

    /** What is kept for the guest now. */
    public HostState state() {
        return HostState.of(outside);
    }
}
