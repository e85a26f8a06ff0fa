package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.Written;
import io.github.dagwasm.wasm.admission.Budgets;
import io.github.dagwasm.wasm.engine.PlainReason;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backend {@code wasm}: processors whose work is done by an untrusted WebAssembly module in a
 * sandbox. Modules are shared by digest among all processors of one backend. Safe for use by any
 * number of threads.
 */
public final class WasmBackend implements Backend {

    private static final Logger LOG = LoggerFactory.getLogger(WasmBackend.class);

    private final WasmKeys keys;
    private final ModuleSources sources;
    private final WasmSandbox sandbox;

    /**
     * A backend with the default policy.
     *
     * @throws IllegalStateException if the class path has a library in a version that does not work
     */
    public WasmBackend() {
        this(WasmPolicy.DEFAULTS);
    }

    /**
     * A backend with a policy of its own.
     *
     * @param policy what the operator says of all modules
     * @throws IllegalStateException if the class path has a library in a version that does not work
     */
    public WasmBackend(WasmPolicy policy) {
        this(policy, engine(), ModuleCache.CONCURRENT_LOADS);
    }

    private static WasmEngine engine() {
        Libraries.requireWorking();
        return new ChicoryEngine();
    }

    /**
     * A backend with the default policy for a process that ends soon. The backend keeps compiled
     * code for the processes that follow. A thread of its own makes the engine and ends then; a
     * module's load waits for the engine.
     *
     * <p>Kept code is sealed with a secret of the user, for one module, one build and one JVM. Code
     * that has no such seal is compiled anew. Another process of the same user can read the secret:
     * nobody is defended against that.
     *
     * @param code the folder of the code; where it is absent or read-only, nothing is kept
     * @param secret the file of the secret, an absolute path outside of that folder; made where it
     *     is missing. Nothing is kept where its folder is not the user's own or others may write
     *     there, or where the file system knows no owners and permissions
     * @param build tells this build of the library, and of the engine, from all others
     * @return the backend
     */
    public static WasmBackend keepingCodeIn(Path code, Path secret, String build) {
        return new WasmBackend(
                WasmPolicy.DEFAULTS,
                new EarlyEngine(() -> new ChicoryEngine(CodeFolder.in(code, secret, build))),
                ModuleCache.CONCURRENT_LOADS);
    }

    WasmBackend(WasmPolicy policy, WasmEngine engine, int concurrentLoads) {
        keys = new WasmKeys(policy);
        sources = policy.sources();
        sandbox = new WasmSandbox(policy.sandbox(), OptionNames.OF_QUOTA, engine, concurrentLoads);
    }

    @Override
    public String name() {
        return "wasm";
    }

    @Override
    public List<KeySpec> settings() {
        return keys.settings();
    }

    @Override
    public List<KeySpec> keys() {
        return keys.keys();
    }

    @Override
    public List<KeySpec> options() {
        return keys.options();
    }

    @Override
    public List<KeyFault> settingsFaults(KeyValues settings) {
        return FuelKeys.settingsFaults(settings);
    }

    @Override
    public List<KeyFault> faults(KeyValues keys, KeyValues options, KeyValues settings) {
        List<KeyFault> faults = new ArrayList<>(FuelKeys.faults(options, settings));
        faults.addAll(this.keys.faults(options));
        return faults;
    }

    @Override
    public Optional<String> resourceKey() {
        return Optional.of(WasmKeys.MODULE);
    }

    @Override
    public Optional<Duration> defaultTimeout() {
        return Optional.of(keys.defaultTimeout());
    }

    @Override
    public Optional<KeySpec.Ceiling> timeoutCeiling() {
        return keys.timeoutCeiling();
    }

    /**
     * What the calls of all guests have at this moment.
     *
     * @return the figures
     */
    public SandboxUse sandboxUse() {
        return sandbox.use();
    }

    /**
     * What loads of modules have at this moment.
     *
     * @return the figures
     */
    public LoadUse loadUse() {
        return sandbox.loadUse();
    }

    /**
     * Room for the texts of messages, beside the guests that process them.
     *
     * @return the room, the same each time
     */
    public TextRoom texts() {
        return sandbox.texts();
    }

    /**
     * The modules that are loaded or being loaded.
     *
     * @return by digest, how many processors use each
     */
    public Map<String, Integer> modules() {
        return sandbox.modules();
    }

    /**
     * Finds, admits and loads the module, and makes the processor.
     *
     * @throws ModuleRefusedException if any of it fails, and if the thread is interrupted while it
     *     waits for the load: its flag is set then
     */
    @Override
    public PipelineProcessor create(ProcessorDefinition definition) {
        String label =
                definition.label(
                        Optional.of(
                                RemoteModule.withoutUserInfo(WasmKeys.shownModule(definition))));
        try {
            return load(definition, label);
        } catch (ModuleRefusedException e) {
            String reason = RefusalText.named(e.getMessage(), definition::nameOf);
            throw new ModuleRefusedException(label + ": " + reason, e);
        } catch (RuntimeException | Error e) {
            throw new ModuleRefusedException(
                    label + ": it could not be loaded: " + PlainReason.of(e), e);
        }
    }

    /** Lets no module be loaded any more. */
    @Override
    public void close() {
        sandbox.close();
    }

    /** How many modules are loaded or being loaded. */
    int loadedModules() {
        return sandbox.modules().size();
    }

    private WasmProcessor load(ProcessorDefinition definition, String label) {
        Budgets budgets = keys.budgets(definition);
        LoadTime time = keys.loadTime(definition);
        ModuleFile file = sources.find(definition, budgets, time);
        if (WasmKeys.hidesModule(definition)) {
            LOG.info("{}: module, sha256 {}", label, file.sha256());
        } else {
            LOG.info("{}: module {}", label, file);
        }
        requirePinned(file, definition);
        Optional<FuelLevel> fuel = keys.fuel(definition);
        Guest guest =
                sandbox.load(
                        file,
                        new GuestSettings(
                                budgets,
                                time,
                                keys.limits(definition),
                                fuel,
                                WasmKeys.abi(definition),
                                SurroundingsKeys.of(definition)),
                        rate -> log(definition, rate));
        if (guest.partlyInterpreted()) {
            LOG.warn(
                    "{}: some functions are too large for a JVM method and are interpreted,"
                            + " which is many times slower",
                    label);
        }
        return new WasmProcessor(
                new WasmProcessor.Settings(
                        WasmKeys.shownModule(definition),
                        Intent.of(definition.options()),
                        WasmKeys.resultIsJson(definition),
                        names(definition, fuel)),
                guest);
    }

    static GuestLog log(ProcessorDefinition definition, LogRate rate) {
        return log(GuestLog.logger(WasmKeys.shownModule(definition)), definition, rate);
    }

    static GuestLog log(Logger logger, ProcessorDefinition definition, LogRate rate) {
        Map<String, String> mdc =
                Map.of(
                        GuestLog.MDC_PIPELINE,
                        definition.pipeline(),
                        GuestLog.MDC_PROCESSOR,
                        definition.id());
        return new GuestLog(logger, mdc, definition.nameOf(WasmKeys.LIMIT_OF_LOG), rate);
    }

    /** Whoever bounds the fuel, engines know of the processor's own option only. */
    private static UnaryOperator<String> names(
            ProcessorDefinition definition, Optional<FuelLevel> fuel) {
        String option = fuel.map(FuelLevel::option).orElse(FuelKeys.LEVEL_PATH);
        return key -> definition.nameOf(key.equals(FuelKeys.LEVEL_PATH) ? option : key);
    }

    private static void requirePinned(ModuleFile file, ProcessorDefinition definition) {
        Optional<String> pinned = WasmKeys.sha256(definition);
        if (pinned.isPresent() && !pinned.get().equals(file.sha256())) {
            String shown =
                    definition
                            .keys()
                            .written(WasmKeys.SHA256)
                            .map(Written::text)
                            .orElse(pinned.get());
            throw new ModuleRefusedException(
                    "its sha256 is " + file.sha256() + ", but pinned is " + shown);
        }
    }
}
