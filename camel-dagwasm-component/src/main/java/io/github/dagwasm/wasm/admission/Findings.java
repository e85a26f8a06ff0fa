package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.admission.ModuleFacts.Export;
import io.github.dagwasm.wasm.admission.ModuleFacts.Extent;
import io.github.dagwasm.wasm.admission.ModuleFacts.Import;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one scan has found so far. It either ends the scan at the first reason to refuse the module,
 * or keeps every reason. What it keeps is bounded.
 */
final class Findings {

    private final Terms terms;
    private final boolean everything;
    private final long[] used = new long[Budget.values().length];
    private final Set<Budget> exceeded = EnumSet.noneOf(Budget.class);
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final List<String> refusals = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();
    private final List<Export> exports = new ArrayList<>();
    private final List<Extent> tables = new ArrayList<>();
    private final List<String> customSections = new ArrayList<>();
    private Optional<Extent> memory = Optional.empty();
    private boolean start;

    Findings(Terms terms, boolean everything) {
        this.terms = terms;
        this.everything = everything;
    }

    Terms terms() {
        return terms;
    }

    /** What is allowed of a thing. */
    long allowed(Budget budget) {
        return terms.budgets().of(budget);
    }

    /** How much there is of a thing so far. */
    long used(Budget budget) {
        return used[index(budget)];
    }

    /** Counts more of a thing, to be checked by {@link #settle}. */
    void add(Budget budget, long amount) {
        used[index(budget)] += amount;
    }

    /** Checks what has been counted. */
    void settle(Budget budget) {
        check(budget, used(budget), "");
    }

    /** Counts and checks in one. */
    void count(Budget budget, long amount) {
        add(budget, amount);
        settle(budget);
    }

    /** Checks one of many, and keeps the greatest. */
    void peak(Budget budget, long value, String one, long index) {
        if (value > used(budget)) {
            used[index(budget)] = value;
            if (value > allowed(budget)) {
                check(budget, value, " (" + one + " " + index + ")");
            }
        }
    }

    /** A feature is used; one that is not supported is a reason to refuse. */
    void use(Feature feature, String where) {
        if (features.add(feature) && !feature.supported()) {
            refuse(feature.refusal(where));
        }
    }

    /** Whether a feature is used. */
    boolean uses(Feature feature) {
        return features.contains(feature);
    }

    /** A feature is used that cannot be read past. */
    ModuleRefusedException unreadable(Feature feature, String where) {
        features.add(feature);
        return new ModuleRefusedException(feature.refusal(where));
    }

    /** A reason to refuse the module. */
    void refuse(String sentence) {
        if (!everything) {
            throw new ModuleRefusedException(sentence);
        }
        if (refusals.size() < ModuleFacts.SHOWN) {
            refusals.add(sentence);
        }
    }

    /** Refuses a size over a limit. */
    void limit(String what, long value, long limit, String option) {
        if (value > limit) {
            refuse(Budgets.over(what, value, "limit", limit, option));
        }
    }

    void add(Import found) {
        addBounded(imports, found);
    }

    void add(Export found) {
        addBounded(exports, found);
    }

    void addTable(Extent found) {
        addBounded(tables, found);
    }

    void addCustomSection(String name) {
        addBounded(customSections, name);
    }

    void memory(Extent found) {
        memory = Optional.of(found);
    }

    void start() {
        start = true;
    }

    List<String> refusals() {
        return refusals;
    }

    ModuleFacts facts(long bytes, long loadBytes) {
        Map<Budget, Long> all = new EnumMap<>(Budget.class);
        for (Budget budget : Budget.values()) {
            all.put(budget, used(budget));
        }
        return new ModuleFacts(
                bytes,
                all,
                imports,
                exports,
                memory,
                tables,
                start,
                features,
                customSections,
                loadBytes);
    }

    private void check(Budget budget, long value, String which) {
        if (value > allowed(budget) && exceeded.add(budget)) {
            refuse(
                    Budgets.over(
                            budget.noun() + which,
                            value,
                            "budget",
                            allowed(budget),
                            budget.option()));
        }
    }

    private static <T> void addBounded(List<T> list, T item) {
        if (list.size() < ModuleFacts.SHOWN) {
            list.add(item);
        }
    }

    @SuppressWarnings("EnumOrdinal") // the index into an array of this run only
    private static int index(Budget budget) {
        return budget.ordinal();
    }
}
