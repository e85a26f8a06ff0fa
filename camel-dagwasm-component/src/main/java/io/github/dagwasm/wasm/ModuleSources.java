package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ResourceFile;
import io.github.dagwasm.spi.ResourceRefusedException;
import io.github.dagwasm.spi.ResourceRoots;
import io.github.dagwasm.spi.ResourceSearch;
import io.github.dagwasm.wasm.admission.Budgets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where modules may come from. Immutable.
 *
 * @param roots where files may really be; remote modules are none
 * @param allowRemote whether modules may be fetched by {@code http:} and {@code https:}, if their
 *     digest is pinned. Whoever writes a pipeline then has this process send requests to any host
 *     that it reaches
 */
public record ModuleSources(ResourceRoots roots, boolean allowRemote) {

    /** All files, nothing remote. */
    public static final ModuleSources FILES = new ModuleSources(ResourceRoots.ANYWHERE, false);

    private static final List<String> REMOTE = List.of("http", "https");

    /** Refuses null. */
    public ModuleSources {
        Objects.requireNonNull(roots, "roots");
    }

    /**
     * Finds a processor's module and reads it: beside the pipeline file, in the working directory,
     * on the class path, in this order, or from a server.
     *
     * @param time how long a server may take
     * @throws ModuleRefusedException if there is no such module, or none that may be read
     */
    ModuleFile find(ProcessorDefinition definition, Budgets budgets, LoadTime time) {
        if (!WasmKeys.hidesModule(definition)) {
            return found(definition, budgets, time);
        }
        try {
            return found(definition, budgets, time);
        } catch (ModuleRefusedException e) {
            // Neither message nor cause: both name paths, of which the placeholder's value is part.
            throw new ModuleRefusedException(
                    "it is not there, or not to be read; why is not shown, because its path comes"
                            + " from a placeholder");
        }
    }

    private ModuleFile found(ProcessorDefinition definition, Budgets budgets, LoadTime time) {
        String module = WasmKeys.module(definition);
        Optional<String> scheme = ResourceSearch.schemeOf(module).filter(REMOTE::contains);
        if (scheme.isPresent()) {
            requireRemote(scheme.get(), definition);
            return ModuleFile.of("fetched", RemoteModule.fetch(module, time, budgets));
        }
        try {
            ResourceFile file =
                    ResourceSearch.of("modules", budgets.moduleBytes(), budgets::tooLarge)
                            .besideFileOf("pipeline", definition.directory())
                            .within(roots)
                            .find(module);
            return ModuleFile.of(file.toString(), file.bytes());
        } catch (ResourceRefusedException e) {
            throw new ModuleRefusedException(e.getMessage(), e);
        }
    }

    private void requireRemote(String scheme, ProcessorDefinition definition) {
        List<String> missing = new ArrayList<>();
        if (!allowRemote) {
            missing.add("allowRemoteModules=true on the component");
        }
        if (WasmKeys.sha256(definition).isEmpty()) {
            missing.add("sha256 on the processor");
        }
        if (!missing.isEmpty()) {
            throw new ModuleRefusedException(
                    "scheme '"
                            + scheme
                            + "' is not allowed without "
                            + String.join(" and ", missing)
                            + "; otherwise expected a path, file: or classpath:");
        }
    }
}
