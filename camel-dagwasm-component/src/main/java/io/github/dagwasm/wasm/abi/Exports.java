package io.github.dagwasm.wasm.abi;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a module exports, and sentences about what it does not. */
final class Exports {

    private static final String MEMORY = "memory";
    private static final int SHOWN_NAMES = 10;
    private static final int SHOWN_CODE_POINTS = 64;

    /** What no convention calls with a text. */
    private static final Set<String> NOT_FOR_TEXT =
            Set.of(
                    "allocate",
                    "deallocate",
                    "malloc",
                    "free",
                    "alloc",
                    "dealloc",
                    "_initialize",
                    "_start",
                    "__new",
                    "__pin",
                    "__unpin",
                    "__collect");

    private final WasmModule module;
    private final String abi;

    /**
     * The exports of a module, looked at for a convention.
     *
     * @param abi the convention's name, for the sentences
     */
    Exports(WasmModule module, String abi) {
        this.module = module;
        this.abi = abi;
    }

    /** Whether a function is there with this very type. */
    boolean has(String function, Signature type) {
        return module.function(function).filter(type::equals).isPresent();
    }

    /** Why a function cannot be used, empty where it can. */
    Optional<String> fault(String function, Signature expected) {
        Optional<Signature> actual = module.function(function);
        if (actual.isEmpty()) {
            return Optional.of(
                    "it exports no function '"
                            + escaped(function)
                            + "', which abi "
                            + abi
                            + " needs; exported functions: "
                            + shown(module.functions().keySet()));
        }
        return actual.filter(type -> !type.equals(expected))
                .map(
                        type ->
                                "exported function '"
                                        + escaped(function)
                                        + "' has the type "
                                        + type
                                        + "; abi "
                                        + abi
                                        + " needs "
                                        + expected);
    }

    /** Why its memory cannot be used, empty where it can. */
    Optional<String> memoryFault() {
        return module.exportsMemory(MEMORY)
                ? Optional.empty()
                : Optional.of("it exports no memory named '" + MEMORY + "'");
    }

    /** The names of functions of a type, but for those that are there for something else. */
    static List<String> ofType(WasmModule module, Signature type) {
        return module.functions().entrySet().stream()
                .filter(e -> e.getValue().equals(type))
                .map(e -> e.getKey())
                .filter(name -> !NOT_FOR_TEXT.contains(name))
                .toList();
    }

    /** Names for a sentence, escaped and cut. */
    static String shown(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String first =
                names.stream().limit(SHOWN_NAMES).map(Exports::escaped).collect(joining(", "));
        int more = names.size() - SHOWN_NAMES;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** Names for a question, escaped and cut. */
    static String asked(Collection<String> names) {
        return names.stream()
                .limit(SHOWN_NAMES)
                .map(n -> "'" + escaped(n) + "'")
                .collect(joining(" or "));
    }

    /** A name that is the module's. */
    static String escaped(String name) {
        return GuestText.escape(name, SHOWN_CODE_POINTS);
    }
}
