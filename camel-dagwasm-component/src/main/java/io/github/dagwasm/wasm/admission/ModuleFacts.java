package io.github.dagwasm.wasm.admission;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the scan has found in a module. Immutable. Its lists are cut: what is left out is still in
 * the counts. Every text in it that the module brought is escaped and cut.
 *
 * @param bytes its size
 * @param used how much it has of everything that has a budget
 * @param imports the first of what it imports
 * @param exports the first of what it exports
 * @param memory the size of its memory in pages of 64 KiB, where it has one
 * @param tables the sizes of the first of its tables, in entries
 * @param start whether it has a start function
 * @param features what it uses beyond WebAssembly's first version
 * @param customSections the names of the first of its custom sections
 * @param loadBytes an estimate of the heap that parsing and compiling it takes
 */
public record ModuleFacts(
        long bytes,
        Map<Budget, Long> used,
        List<Import> imports,
        List<Export> exports,
        Optional<Extent> memory,
        List<Extent> tables,
        boolean start,
        Set<Feature> features,
        List<String> customSections,
        long loadBytes) {

    /** The greatest length of each list. */
    public static final int SHOWN = 100;

    /** What something imported or exported is. */
    public enum Kind {
        /** A function. */
        FUNCTION,
        /** A table. */
        TABLE,
        /** A linear memory. */
        MEMORY,
        /** A global. */
        GLOBAL,
        /** A tag of exceptions. */
        TAG
    }

    /**
     * An import.
     *
     * @param module the first half of its name, escaped
     * @param name the second half of its name, escaped
     * @param kind what it is
     * @param type its type, as in {@code (i32, i32) -> ()}
     * @param provided whether exactly this is provided
     */
    public record Import(String module, String name, Kind kind, String type, boolean provided) {}

    /**
     * An export.
     *
     * @param name its name, escaped
     * @param kind what it is
     * @param type its type, as in {@code (i32) -> (i32)}
     */
    public record Export(String name, Kind kind, String type) {}

    /**
     * A size that may grow.
     *
     * @param initial what it begins with
     * @param maximum what it may grow to, where the module says so
     */
    public record Extent(long initial, OptionalLong maximum) {

        /** As in {@code 1} or {@code 1 to 16}. */
        @Override
        public String toString() {
            return initial + (maximum.isPresent() ? " to " + maximum.getAsLong() : "");
        }
    }

    /** Copies the collections. */
    public ModuleFacts {
        used = Collections.unmodifiableMap(new EnumMap<>(used));
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
        tables = List.copyOf(tables);
        EnumSet<Feature> all = EnumSet.noneOf(Feature.class);
        all.addAll(features);
        features = Collections.unmodifiableSet(all);
        customSections = List.copyOf(customSections);
    }

    /**
     * How much of a thing with a budget the module has: the sum or count, and where the budget is
     * for one function or type, that of the greatest.
     *
     * @param budget which
     * @return how much
     */
    public long used(Budget budget) {
        return used.get(budget);
    }
}
