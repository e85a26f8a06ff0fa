package io.github.dagwasm.wasm.abi;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.abi.Fit.Likeness;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a module exports, and sentences about what it does not. */
final class Exports {

    private static final String MEMORY = "memory";

    /** Begins with two underscores, or is an allocator's or a start's. */
    private static final Pattern RUNTIME =
            Pattern.compile(
                    "__.*|_?emscripten_.*|asyncify_.*|cabi_.*|_initialize|_start"
                            + "|allocate|deallocate|alloc|dealloc|[mc]alloc|realloc|free|sbrk"
                            + "|stack(Alloc|Save|Restore)");

    private static final int SHOWN_NAMES = 10;
    private static final int SHOWN_CODE_POINTS = 64;

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

    /** That there is no allocator, or half of one. */
    String allocatorFault() {
        return Stream.of(Allocator.RUST, Allocator.C)
                        .flatMap(this::half)
                        .findFirst()
                        .orElse(
                                "it exports neither 'allocate' and 'deallocate' nor 'malloc' and 'free'")
                + ", which abi "
                + abi
                + " needs; exported functions: "
                + shown(module.functions().keySet());
    }

    /** Allocators are looked for by both names: of this one there is a name at the most. */
    private Stream<String> half(Allocator allocator) {
        boolean allocates = module.function(allocator.allocate()).isPresent();
        boolean frees = module.function(allocator.free()).isPresent();
        if (!allocates && !frees) {
            return Stream.of();
        }
        String there = allocates ? allocator.allocate() : allocator.free();
        String missing = allocates ? allocator.free() : allocator.allocate();
        return Stream.of("it exports '" + there + "' without '" + missing + "'");
    }

    /** Why its memory cannot be used, empty where it can. */
    Optional<String> memoryFault() {
        return module.exportsMemory(MEMORY)
                ? Optional.empty()
                : Optional.of(
                        "it exports no memory named '"
                                + MEMORY
                                + "', in which the text would be; export its memory by that name");
    }

    /**
     * Whether a convention fits that needs a function, the memory and an allocator as Rust's and
     * C's guests have one.
     *
     * @param function the function that takes the text
     * @param type the type that it must have
     * @param fits the fit, if all of them are there
     */
    Fit fit(String function, Signature type, Function<Allocator, Fit.Fits> fits) {
        Optional<Allocator> found = Allocator.of(module, List.of(Allocator.RUST, Allocator.C));
        Optional<String> fault =
                fault(function, type).or(this::memoryFault).or(() -> Allocator.fault(found, this));
        if (fault.isPresent()) {
            return new Fit.Lacks(
                    fault.get(), has(function, type) ? Likeness.FUNCTION : Likeness.NONE);
        }
        return fits.apply(found.orElseThrow());
    }

    /** What functions there are, for a sentence. */
    static String withTypes(WasmModule module) {
        return shown(
                module.functions().entrySet().stream(),
                module.functions().size(),
                e -> escaped(e.getKey()) + " " + e.getValue());
    }

    /** Names for a sentence, escaped and cut. */
    static String shown(Collection<String> names) {
        return shown(names.stream(), names.size(), Exports::escaped);
    }

    private static <T> String shown(Stream<T> things, int count, Function<T, String> form) {
        if (count == 0) {
            return "none";
        }
        String first = things.limit(SHOWN_NAMES).map(form).collect(joining(", "));
        return count > SHOWN_NAMES ? first + " and " + (count - SHOWN_NAMES) + " more" : first;
    }

    /** The names of the functions of a type. */
    static List<String> ofType(WasmModule module, Signature type) {
        return module.functions().entrySet().stream()
                .filter(e -> e.getValue().equals(type))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The names of the functions of a type that are none of a language's runtime. */
    List<String> ownOfType(Signature type) {
        return ofType(module, type).stream().filter(name -> !isOfRuntime(name)).toList();
    }

    /** Whether a function is there for compilers and hosts, and takes no text. */
    static boolean isOfRuntime(String function) {
        return RUNTIME.matcher(function).matches();
    }

    /** Whether there is a function of a type. */
    static boolean anyOfType(WasmModule module, Signature type) {
        return module.functions().containsValue(type);
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
