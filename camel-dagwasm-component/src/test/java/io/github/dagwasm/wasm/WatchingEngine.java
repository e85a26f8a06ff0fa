package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Reset;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.SpareMemory;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.Wasi;
import io.github.dagwasm.wasm.engine.WasiWorld;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.Innards;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An engine that remembers all instances that another call could still see something of: those that
 * were not dropped, and those whose memory is kept. It sees to it that what was dropped is not used
 * again, and changes nothing else. For any number of threads.
 */
final class WatchingEngine implements WasmEngine {

    private static final Field OPEN = open();

    private final WasmEngine engine;
    private final Reset reset;
    private final Set<WatchedInstance> there = ConcurrentHashMap.newKeySet();
    private final Map<SpareMemory, WatchedInstance> retired = new ConcurrentHashMap<>();
    private final ThreadLocal<Optional<WatchedInstance>> last =
            ThreadLocal.withInitial(Optional::empty);

    /**
     * Watches an engine.
     *
     * @param engine the engine
     * @param reset what is done to set an instance back
     */
    WatchingEngine(WasmEngine engine, Reset reset) {
        this.engine = engine;
        this.reset = reset;
    }

    private static Field open() {
        try {
            Field open = Share.class.getDeclaredField("open");
            open.setAccessible(true);
            return open;
        } catch (NoSuchFieldException e) {
            throw new LinkageError("Share.open", e);
        }
    }

    @Override
    public WasmModule load(byte[] wasm) {
        return new Watched(engine.load(wasm));
    }

    /** A call begins on this thread. */
    void beginCall() {
        last.set(Optional.empty());
    }

    /** The call that began last on this thread failed: what it ran in is never used again. */
    void requireDropped() {
        last.get().ifPresent(WatchedInstance::drop);
    }

    /** Where a message's secret is; empty if it is nowhere. */
    Optional<String> find(Message message) {
        there.stream().filter(WatchedInstance::isGone).forEach(WatchedInstance::drop);
        return there.stream().flatMap(guest -> guest.find(message).stream()).findFirst();
    }

    /** How many instances there are that another call could see something of. */
    int instances() {
        return there.size();
    }

    private final class Watched implements WasmModule {

        private final WasmModule module;

        Watched(WasmModule module) {
            this.module = module;
        }

        @Override
        public Map<String, Signature> functions() {
            return module.functions();
        }

        @Override
        public boolean importsFunction(String from, String name) {
            return module.importsFunction(from, name);
        }

        @Override
        public boolean importsWasi() {
            return module.importsWasi();
        }

        @Override
        public Wasi wasi(WasiWorld world) {
            return module.wasi(world);
        }

        @Override
        public boolean exportsMemory(String name) {
            return module.exportsMemory(name);
        }

        @Override
        public List<Integer> interpretedFunctions() {
            return module.interpretedFunctions();
        }

        @Override
        public Optional<String> freshBecause() {
            return module.freshBecause();
        }

        @Override
        public long initialBytes() {
            return module.initialBytes();
        }

        @Override
        public WasmInstance instantiate(
                List<HostFunction> hostFunctions,
                InstanceLimits limits,
                MemoryReserve reserve,
                Spending spending,
                Optional<SpareMemory> spare)
                throws InterruptedException {
            WasmInstance guest =
                    module.instantiate(hostFunctions, limits, reserve, spending, spare);
            WatchedInstance watched = new WatchedInstance(guest, reserve);
            there.add(watched);
            spare.map(retired::remove).ifPresent(there::remove);
            return watched;
        }
    }

    private final class WatchedInstance extends ForwardingInstance {

        private final Innards innards;
        private final MemoryReserve room;
        private volatile boolean dropped;
        private volatile boolean onlyMemory;
        private volatile Optional<SpareMemory> spare = Optional.empty();

        WatchedInstance(WasmInstance instance, MemoryReserve room) {
            super(instance);
            this.room = room;
            innards = Innards.of(instance);
        }

        /** Whether its room was given back, so that it is not there for another call. */
        boolean isGone() {
            try {
                return !OPEN.getBoolean(room);
            } catch (IllegalAccessException e) {
                throw new LinkageError("Share.open", e);
            }
        }

        /** Of an instance that is not used again, only the memory is kept. */
        Optional<String> find(Message message) {
            Optional<String> found =
                    innards.findInMemory(message.mark())
                            .or(() -> innards.findInMemory(message.markInBase64()));
            return found.isPresent() || onlyMemory
                    ? found
                    : innards.findInGlobals(message.markBits());
        }

        private void drop() {
            dropped = true;
            there.remove(this);
            spare.ifPresent(retired::remove);
        }

        @Override
        public void begin(Spending spending) {
            last.set(Optional.of(this));
            super.begin(spending);
        }

        @Override
        public long[] call(String function, long... arguments) throws InterruptedException {
            requireKept();
            return super.call(function, arguments);
        }

        @Override
        public void reset() throws InterruptedException {
            requireKept();
            reset.reset(instance());
        }

        @Override
        public SpareMemory retire() throws InterruptedException {
            requireKept();
            SpareMemory kept = super.retire();
            onlyMemory = true;
            spare = Optional.of(kept);
            retired.put(kept, this);
            return kept;
        }

        private void requireKept() {
            if (dropped || onlyMemory) {
                throw new AssertionError("an instance is used again that was to be dropped");
            }
        }
    }
}
