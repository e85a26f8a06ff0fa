package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.wasm.admission.ModuleFacts.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells how to build a module without an import that is not provided. Stateless. */
final class ImportRemedy {

    private static final String LINK = "define it, or link the library that has it";

    /** The module name that compilers and linkers give to undefined symbols. */
    private static final String UNDEFINED = "env";

    private static final String WASI = "wasi_snapshot_preview1";

    /** Words of everybody, which AssemblyScript's library has too. */
    private static final Set<String> COMMON = Set.of("env.abort", "env.seed", "env.trace");

    private ImportRemedy() {}

    /**
     * The remedy for something that is not provided.
     *
     * @param provided the functions that are, by {@code module.name}
     * @return the end of a sentence
     */
    static String of(Cursor.Name module, Cursor.Name name, Kind kind, Set<String> provided) {
        return switch (kind) {
            case FUNCTION ->
                    meant(module, name, provided)
                            .map(function -> " (did you mean " + function + "?)")
                            .orElseGet(() -> "; " + ofFunction(module, name));
            case MEMORY -> "; define the memory in the module" + without("memory");
            case TABLE -> "; define the table in the module" + without("table");
            case GLOBAL -> "; define the global in the module";
            case TAG -> "; define the tag in the module, or build it without exceptions";
        };
    }

    /**
     * The remedy for a function that is provided with another type.
     *
     * @param function {@code module.name} of the provided function
     * @return the end of a sentence
     */
    static String ofOtherType(String function) {
        return COMMON.contains(function)
                ? ", which is AssemblyScript's; if another function is meant, " + LINK
                : "; declare it with this type";
    }

    private static String without(String what) {
        return " (asc without --import"
                + what.substring(0, 1).toUpperCase(Locale.ROOT)
                + what.substring(1)
                + ", clang without -Wl,--import-"
                + what
                + ")";
    }

    /** The function that has this name but for its module, its case or its underscores. */
    private static Optional<String> meant(
            Cursor.Name module, Cursor.Name name, Set<String> provided) {
        String wanted = plain(name.shown());
        return provided.stream()
                .filter(function -> plain(function.substring(dot(function) + 1)).equals(wanted))
                .filter(function -> !module.is(UNDEFINED) || !COMMON.contains(function))
                .sorted()
                .findFirst();
    }

    private static int dot(String function) {
        return function.indexOf('.');
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String ofFunction(Cursor.Name module, Cursor.Name name) {
        if (module.is(WASI)) {
            return "WASI preview 1 has no such function: build it without extensions of another"
                    + " runtime";
        }
        if (!module.is(UNDEFINED)) {
            return "build it without this import";
        }
        String shown = name.shown();
        return shown.indexOf('.') > 0
                ? "that is JavaScript's: use what AssemblyScript has of its own"
                : LINK;
    }
}
