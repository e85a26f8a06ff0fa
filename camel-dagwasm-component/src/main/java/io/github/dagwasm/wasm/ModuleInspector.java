package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ResourceFile;
import io.github.dagwasm.spi.ResourceRefusedException;
import io.github.dagwasm.spi.ResourceSearch;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.ModuleInspection.Convention;
import io.github.dagwasm.wasm.ModuleInspection.ImportGrant;
import io.github.dagwasm.wasm.ModuleInspection.Loaded;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.admission.Admission;
import io.github.dagwasm.wasm.admission.Budget;
import io.github.dagwasm.wasm.admission.Budgets;
import io.github.dagwasm.wasm.admission.Examination;
import io.github.dagwasm.wasm.admission.ModuleFacts;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.PlainReason;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what a module is and whether {@link WasmBackend} would make a processor of it, by the steps
 * that lead to a processor, and runs none of its code. Safe for use by any number of threads.
 */
public final class ModuleInspector implements AutoCloseable {

    /** A module over the budget for its size is looked at all the same, up to this one. */
    private static final long MOST_READ = 128L << 20;

    private static final int SHOWN = 400;

    private static final WasmPolicy POLICY = WasmPolicy.DEFAULTS;

    private final WasmKeys keys = new WasmKeys(POLICY);
    private final KeyValues settings;
    private final ModuleCache modules = new ModuleCache(new ChicoryEngine(), 1);
    private final Map<String, String> provided = WasmSandbox.provided();

    /**
     * An inspector.
     *
     * @param settings the values of a pipeline's block {@code wasm:}, see {@link #settings}
     */
    public ModuleInspector(KeyValues settings) {
        this.settings = settings;
    }

    /**
     * What may be set.
     *
     * @return the specs of the keys of a pipeline's block {@code wasm:}
     */
    public static List<KeySpec> settings() {
        return new WasmKeys(POLICY).settings();
    }

    /**
     * What may be said of how a module is called.
     *
     * @return the specs of a processor's options
     */
    public static List<KeySpec> options() {
        return new WasmKeys(POLICY).options();
    }

    /**
     * Finds a module and inspects it.
     *
     * @param module a path, looked for in the working directory, then on the class path, or a
     *     {@code file:} or {@code classpath:} resource
     * @param options the values of a processor's options, see {@link #options}
     * @return what is known of it
     * @throws ModuleRefusedException if there is nothing to inspect: no such file, none that can be
     *     read, one of more than 128 MiB that is over the budget as well, or no WebAssembly at all
     */
    public ModuleInspection inspect(String module, KeyValues options) {
        String shown = GuestText.escape(module, SHOWN);
        ProcessorDefinition definition =
                new ProcessorDefinition(
                        shown,
                        shown,
                        Optional.empty(),
                        new KeyValues(Map.of(WasmKeys.MODULE, module)),
                        options,
                        settings);
        try {
            return inspect(shown, definition);
        } catch (ModuleRefusedException e) {
            throw new ModuleRefusedException(shown + ": " + e.getMessage(), e);
        }
    }

    /** Lets nothing be inspected any more. */
    @Override
    public void close() {
        modules.close();
    }

    private ModuleInspection inspect(String shown, ProcessorDefinition definition) {
        GuestLimits limits = keys.limits(definition);
        Budgets budgets = keys.budgets(definition);
        ModuleFile file = find(WasmKeys.module(definition), budgets);
        Examination examination = Admission.examine(file.bytes(), budgets, limits, provided);
        if (!Admission.beginsAsWasm(file.bytes())) {
            throw new ModuleRefusedException(String.join("; ", examination.refusals()));
        }
        List<String> reasons = new ArrayList<>(examination.refusals());
        Optional<Loaded> loaded =
                examination.admitted()
                        ? load(file, examination.facts().loadBytes(), definition, reasons)
                        : Optional.empty();
        return new ModuleInspection(
                shown,
                file.sha256(),
                examination,
                limits,
                budgets,
                examination.facts().imports().stream().map(this::grant).toList(),
                loaded,
                reasons);
    }

    /** A module that is larger than its budget is refused by its examination, with all reasons. */
    private static ModuleFile find(String module, Budgets budgets) {
        long most = Math.max(budgets.of(Budget.MODULE_BYTES), MOST_READ);
        Budgets readable = budgets.with(Budget.MODULE_BYTES, most);
        try {
            ResourceFile file = ResourceSearch.of("modules", most, readable::tooLarge).find(module);
            return ModuleFile.of(file.toString(), file.bytes());
        } catch (ResourceRefusedException e) {
            throw new ModuleRefusedException(e.getMessage(), e);
        }
    }

    private Optional<Loaded> load(
            ModuleFile file, long loadBytes, ProcessorDefinition definition, List<String> reasons) {
        try (ModuleCache.Lease lease =
                modules.acquire(file, loadBytes, keys.loadTime(definition))) {
            WasmModule module = lease.module();
            keys.fuel(definition).ifPresent(level -> requireCountable(level, module, reasons));
            return Optional.of(
                    new Loaded(
                            module.interpretedFunctions(),
                            module.freshBecause(),
                            convention(module, definition, reasons)));
        } catch (ModuleRefusedException e) {
            reasons.add(e.getMessage());
        } catch (RuntimeException | Error e) {
            reasons.add("it could not be loaded: " + PlainReason.of(e));
        }
        return Optional.empty();
    }

    private static void requireCountable(FuelLevel level, WasmModule module, List<String> reasons) {
        try {
            level.requireCountable(module.interpretedFunctions());
        } catch (ModuleRefusedException e) {
            reasons.add(e.getMessage());
        }
    }

    private static Optional<Convention> convention(
            WasmModule module, ProcessorDefinition definition, List<String> reasons) {
        try {
            GuestAbi abi =
                    WasmSandbox.abi(
                            module,
                            WasmKeys.abi(definition),
                            POLICY.sandbox(),
                            OptionNames.OF_QUOTA);
            Map<String, String> functions = new LinkedHashMap<>();
            for (String name : abi.functions()) {
                functions.put(
                        GuestText.escape(name, SHOWN),
                        module.function(name).map(Signature::toString).orElseThrow());
            }
            return Optional.of(new Convention(abi.name(), functions));
        } catch (ModuleRefusedException e) {
            reasons.add(e.getMessage());
            return Optional.empty();
        }
    }

    private ImportGrant grant(ModuleFacts.Import found) {
        if (found.provided()) {
            return new ImportGrant(found, Optional.empty());
        }
        // What is provided has names that need no escape, so escaped names tell whether it is that.
        String type = provided.get(found.module() + "." + found.name());
        return new ImportGrant(
                found,
                Optional.of(
                        type == null ? "not provided" : "provided as a function of type " + type));
    }
}
