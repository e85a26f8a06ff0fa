package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.AssemblyScriptHost;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.abi.GuestStreams;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.admission.Admission;
import io.github.dagwasm.wasm.admission.ModuleFacts;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasiFunctions;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sandbox for untrusted WebAssembly modules. All guests share its room; guests of the same bytes
 * share one loaded module. Safe for use by any number of threads.
 */
final class WasmSandbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WasmSandbox.class);

    private final QuotaNames names;
    private final Sandbox sandbox;
    private final TextRoom texts;
    private final SureStacks stacks = new SureStacks();
    private final ModuleCache modules;
    private final Map<String, String> imports;

    /**
     * Creates a sandbox without guests.
     *
     * @param bounds what all calls may have together
     * @param names what users call the options that set the bounds
     * @param engine loads modules
     * @param concurrentLoads how many loads run at a time
     */
    WasmSandbox(SandboxBounds bounds, QuotaNames names, WasmEngine engine, int concurrentLoads) {
        this.names = names;
        sandbox = new Sandbox(bounds, names);
        texts = new TextRoom(sandbox);
        modules = new ModuleCache(engine, concurrentLoads);
        CallLog.preload();
        GuestAbort.preload();
        AssemblyScriptHost.rehearse(
                new BlankMemory(Integer.BYTES),
                GuestStreams.of(GuestSurroundings.BARE, new CallLog(0)));
        imports = provided();
    }

    /** The functions that a module may import, and their types. */
    static Map<String, String> provided() {
        Map<String, String> types = WasiFunctions.types();
        Stream.concat(
                        Stream.of(new CallLog(0).hostFunction(), GuestAbort.hostFunction()),
                        AssemblyScriptHost.functions(GuestStreams.NONE).stream())
                .forEach(each -> types.put(each.qualifiedName(), each.signature().toString()));
        return types;
    }

    /** What the calls of all guests have at this moment. */
    SandboxUse use() {
        return sandbox.use();
    }

    /** What loads of modules have at this moment. */
    LoadUse loadUse() {
        return modules.loads();
    }

    /** Room for the texts of messages, beside the guests that process them. */
    TextRoom texts() {
        return texts;
    }

    /** The modules that are loaded or being loaded: by digest, how many guests use each. */
    Map<String, Integer> modules() {
        return modules.users();
    }

    /**
     * Admits and loads a module, and makes a guest of it.
     *
     * @param file the module
     * @param settings the guest's settings
     * @param log makes the guest's log of the rate that all guests of the module share
     * @return the guest, to be closed when it is no longer needed
     * @throws ModuleRefusedException if any of it fails, and if the thread is interrupted while it
     *     waits for the load: its flag is set then
     */
    Guest load(ModuleFile file, GuestSettings settings, Function<LogRate, GuestLog> log) {
        ModuleFacts facts =
                Admission.scan(file.bytes(), settings.budgets(), settings.limits(), imports);
        LOG.debug("module {}: admitted {}", file.sha256(), facts);
        ModuleCache.Lease lease = modules.acquire(file, facts.loadBytes(), settings.time());
        try {
            WasmModule module = lease.module();
            settings.fuel().ifPresent(fuel -> fuel.requireCountable(module.interpretedFunctions()));
            GuestAbi abi = abi(module, settings.abi(), sandbox.bounds(), names);
            requireRoom(
                    module.initialBytes() + SureStacks.ownBytes(settings.limits().stackBytes()),
                    sandbox.bounds(),
                    names);
            return new Guest(
                    new Guest.Settings(
                            settings.limits(),
                            settings.fuel().map(FuelLevel::units).orElse(Spending.UNLIMITED_FUEL),
                            settings.surroundings()),
                    lease,
                    sandbox,
                    stacks,
                    abi,
                    log.apply(lease.logRate()));
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** Lets no module be loaded any more. */
    @Override
    public void close() {
        modules.close();
        stacks.close();
    }

    /**
     * How a loaded module is called.
     *
     * @throws ModuleRefusedException if it cannot be
     */
    static GuestAbi abi(
            WasmModule module, AbiOptions options, SandboxBounds bounds, QuotaNames names) {
        requireInitializer(module);
        requireRoom(module.initialBytes(), bounds, names);
        return AbiDetector.detect(module, options);
    }

    private static void requireRoom(long initialBytes, SandboxBounds bounds, QuotaNames names) {
        if (initialBytes > bounds.memoryBytes()) {
            throw new ModuleRefusedException(
                    "initial bytes of an instance: "
                            + initialBytes
                            + ", over the bound of "
                            + bounds.memoryBytes()
                            + " for all calls together (option "
                            + names.memory()
                            + ")");
        }
    }

    private static void requireInitializer(WasmModule module) {
        Optional<Signature> initialize = module.function(GuestStart.INITIALIZE);
        Signature expected = Signature.ofI32(0, 0);
        if (initialize.isPresent() && !initialize.get().equals(expected)) {
            throw new ModuleRefusedException(
                    "exported function '"
                            + GuestStart.INITIALIZE
                            + "' has the type "
                            + initialize.get()
                            + "; expected "
                            + expected);
        }
    }
}
