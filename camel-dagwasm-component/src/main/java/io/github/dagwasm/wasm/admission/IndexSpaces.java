package io.github.dagwasm.wasm.admission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the module's indexes of functions, tables, memories, globals and tags stand for. */
final class IndexSpaces {

    private final Findings findings;
    private final Types types;
    private final Indexes functionTypes;
    private final Indexes tagTypes;
    private final List<String> tables = new ArrayList<>();
    private final List<String> memories = new ArrayList<>();
    private final List<String> globals = new ArrayList<>();
    private final Indexes mutables;
    private long importedFunctions;
    private long tableCount;
    private long functionValues;
    private long pairValues;
    private long memoryCount;

    IndexSpaces(Findings findings) {
        this.findings = findings;
        types = new Types(findings);
        functionTypes =
                new Indexes(findings.allowed(Budget.FUNCTIONS) + findings.allowed(Budget.IMPORTS));
        mutables = new Indexes(findings.allowed(Budget.GLOBALS) + findings.allowed(Budget.IMPORTS));
        tagTypes = new Indexes(findings.allowed(Budget.TAGS) + findings.allowed(Budget.IMPORTS));
    }

    Types types() {
        return types;
    }

    /**
     * Why something is not there.
     *
     * @return {@code function 7, and has 3 functions (counted from 0, imports included)}, or
     *     nothing where it is there
     */
    Optional<String> missing(ModuleFacts.Kind kind, long index) {
        long count = count(kind);
        if (index < count) {
            return Optional.empty();
        }
        String noun = kind.name().toLowerCase(Locale.ROOT);
        String plural = kind == ModuleFacts.Kind.MEMORY ? "memories" : noun + "s";
        return Optional.of(
                noun
                        + " "
                        + index
                        + ", and has "
                        + count
                        + " "
                        + (count == 1 ? noun : plural)
                        + " (counted from 0, imports included)");
    }

    /** Refuses the module where there is no such function. */
    void requireFunction(long index, String where) {
        if (index >= functionTypes.count()) {
            missing(ModuleFacts.Kind.FUNCTION, index)
                    .ifPresent(missing -> findings.refuse("it names " + missing + ", in " + where));
        }
    }

    private long count(ModuleFacts.Kind kind) {
        return switch (kind) {
            case FUNCTION -> functionTypes.count();
            case TAG -> tagTypes.count();
            case TABLE -> tableCount;
            case MEMORY -> memoryCount;
            case GLOBAL -> mutables.count();
        };
    }

    void importFunction(long type) {
        importedFunctions++;
        functionTypes.add(type);
    }

    void function(long type) {
        functionTypes.add(type);
    }

    void tag(long type) {
        tagTypes.add(type);
    }

    void table(String type) {
        tableCount++;
        addBounded(tables, type);
    }

    void memory(String type) {
        memoryCount++;
        addBounded(memories, type);
    }

    void global(String type, boolean mutable) {
        addBounded(globals, type);
        mutables.add(mutable ? 1 : 0);
    }

    boolean mutable(long global) {
        return mutables.get(global) == 1;
    }

    long importedFunctions() {
        return importedFunctions;
    }

    /** The type of a function, or a number that is no type's. */
    long typeOfFunction(long function) {
        return functionTypes.get(function);
    }

    /** The type of a tag, or a number that is no type's. */
    long typeOfTag(long tag) {
        return tagTypes.get(tag);
    }

    /** The type of something exported, as text. */
    String text(ModuleFacts.Kind kind, long index) {
        return switch (kind) {
            case FUNCTION -> types.text(functionTypes.get(index));
            case TAG -> types.text(tagTypes.get(index));
            case TABLE -> text(tables, index);
            case MEMORY -> text(memories, index);
            case GLOBAL -> text(globals, index);
        };
    }

    /**
     * Checks what compilers multiply: each type goes with all functions, and once more with those
     * of its own signature.
     */
    void settleProducts() {
        findings.count(Budget.TYPE_CHECKS, types.count() * functionTypes.count());
        long[] ofSignature = new long[types.known()];
        for (int i = 0; i < functionTypes.known(); i++) {
            long type = functionTypes.get(i);
            if (types.knows(type)) {
                ofSignature[types.same((int) type)]++;
            }
        }
        for (int type = 0; type < ofSignature.length; type++) {
            long pairs = ofSignature[types.same(type)];
            findings.add(Budget.SIGNATURE_PAIRS, pairs);
            pairValues += pairs * (types.parameters(type) + types.results(type));
        }
        findings.settle(Budget.SIGNATURE_PAIRS);
        findings.count(Budget.TYPE_COMPARISONS, comparisons());
    }

    /** Types are compared value by value where they have as many parameters and results. */
    private long comparisons() {
        Map<Long, Long> ofShape = new HashMap<>();
        for (int type = 0; type < types.known(); type++) {
            ofShape.merge(shape(type), 1L, Long::sum);
        }
        long all = 0;
        for (int i = 0; i < functionTypes.known(); i++) {
            long type = functionTypes.get(i);
            if (types.knows(type)) {
                functionValues += types.parameters(type) + types.results(type);
                all += ofShape.get(shape(type)) * types.steps(type);
            }
        }
        return all;
    }

    private long shape(long type) {
        return (long) types.parameters(type) << Integer.SIZE | types.results(type);
    }

    /** Parameters and results of all functions. */
    long functionValues() {
        return functionValues;
    }

    /** Parameters and results over all types and functions of equal signatures. */
    long pairValues() {
        return pairValues;
    }

    private static String text(List<String> known, long index) {
        return index < known.size() ? known.get((int) index) : "unknown";
    }

    private static void addBounded(List<String> list, String item) {
        if (list.size() < ModuleFacts.SHOWN) {
            list.add(item);
        }
    }
}
