package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.admission.Budgets;
import io.github.dagwasm.wasm.admission.Examination;
import io.github.dagwasm.wasm.admission.ModuleFacts;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a module without running it. Immutable. Every text in it that the module brought
 * is escaped and cut.
 *
 * @param module the module as it was asked for, fit to be shown
 * @param sha256 the digest of its bytes, in lower-case hexadecimal
 * @param examination what the scan says of it
 * @param limits the limits that it was examined with
 * @param budgets the budgets that it was examined with
 * @param imports what it imports, as far as the scan lists it, and whether each is granted
 * @param loaded what the engine made of it, where the scan admitted it and the engine could load it
 * @param reasons why no processor can be made of it, in sentences about "it"; none where one can
 */
public record ModuleInspection(
        String module,
        String sha256,
        Examination examination,
        GuestLimits limits,
        Budgets budgets,
        List<ImportGrant> imports,
        Optional<Loaded> loaded,
        List<String> reasons) {

    /**
     * An import and whether it is granted.
     *
     * @param found the import
     * @param refusal why it is not granted, empty where it is
     */
    public record ImportGrant(ModuleFacts.Import found, Optional<String> refusal) {

        /** Refuses null. */
        public ImportGrant {
            Objects.requireNonNull(found, "found");
            Objects.requireNonNull(refusal, "refusal");
        }
    }

    /**
     * What the engine made of a module.
     *
     * @param interpretedFunctions the indices of the functions that the interpreter runs, because
     *     they are too large for a JVM method: imports are counted, in ascending order
     * @param freshBecause what of the module is in the way of setting an instance back after each
     *     message, so that each gets a fresh one; empty where nothing is
     * @param convention how the module is called, empty where no convention fits
     */
    public record Loaded(
            List<Integer> interpretedFunctions,
            Optional<String> freshBecause,
            Optional<Convention> convention) {

        /** Copies the list. */
        public Loaded {
            interpretedFunctions = List.copyOf(interpretedFunctions);
            Objects.requireNonNull(freshBecause, "freshBecause");
            Objects.requireNonNull(convention, "convention");
        }
    }

    /**
     * How a module is called.
     *
     * @param abi the name of the calling convention
     * @param functions the exported functions that a call uses, by name, with their types as in
     *     {@code (i32) -> (i32)}
     */
    public record Convention(String abi, Map<String, String> functions) {

        /** Copies the map, keeping its order. */
        public Convention {
            Objects.requireNonNull(abi, "abi");
            functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
        }
    }

    /** Copies the lists. */
    public ModuleInspection {
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(examination, "examination");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(budgets, "budgets");
        imports = List.copyOf(imports);
        Objects.requireNonNull(loaded, "loaded");
        reasons = List.copyOf(reasons);
    }

    /**
     * The verdict.
     *
     * @return true if {@link WasmBackend} would make a processor of it, with these limits and
     *     budgets
     */
    public boolean admitted() {
        return reasons.isEmpty();
    }

    /**
     * What was found in it.
     *
     * @return the facts; of a module that could not be read to its end, what came before that place
     */
    public ModuleFacts facts() {
        return examination.facts();
    }
}
