package io.github.dagwasm.wasm.abi;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.spi.ModuleRefusedException;
import io.github.dagwasm.wasm.abi.Fit.Likeness;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides which calling convention a module speaks, by the names of its exports <em>and</em> by
 * their types: the same names do not mean the same convention. Stateless.
 */
public final class AbiDetector {

    /** How a convention finds out whether a module speaks it. */
    private interface Convention {
        Fit fit(WasmModule module, AbiOptions options);
    }

    /** In the order in which messages list them. */
    private static final Map<String, Convention> CONVENTIONS = new LinkedHashMap<>();

    static {
        CONVENTIONS.put(CStringAbi.NAME, CStringAbi::fit);
        CONVENTIONS.put(BufferAbi.NAME, BufferAbi::fit);
        CONVENTIONS.put(AssemblyScriptAbi.NAME, AssemblyScriptAbi::fit);
        CONVENTIONS.put(WasiAbi.NAME, WasiAbi::fit);
        CONVENTIONS.put(CamelWasmAbi.NAME, CamelWasmAbi::fit);
    }

    /** What a module that imports WASI may be told by its processor's options. */
    private static final Set<String> OPTIONS_OF_WASI =
            Set.of(AbiOptions.ARGS, AbiOptions.ENV, AbiOptions.GRANT);

    /** How many functions are tried as the one that was meant. */
    private static final int MOST_TRIED = 1000;

    private AbiDetector() {}

    /**
     * The names of the conventions there are.
     *
     * @return what may stand after {@code abi:}
     */
    public static List<String> names() {
        return List.copyOf(CONVENTIONS.keySet());
    }

    /**
     * Finds a module's convention.
     *
     * @param module the module
     * @param options what is said of it already
     * @return the convention, bound to the module's exports
     * @throws ModuleRefusedException if none fits, if several do, if the function that is to take
     *     the text is the allocator, or if an option is given that says nothing to the one that
     *     fits
     */
    public static GuestAbi detect(WasmModule module, AbiOptions options) {
        GuestAbi abi =
                options.abi()
                        .map(name -> named(name, module, options))
                        .orElseGet(() -> found(module, options));
        requireApart(abi);
        requireKnown(options.given(), abi, module);
        return abi;
    }

    private static GuestAbi named(String name, WasmModule module, AbiOptions options) {
        Fit fit = CONVENTIONS.get(name).fit(module, options);
        if (fit instanceof Fit.Fits fits) {
            return fits.abi();
        }
        throw new ModuleRefusedException(((Fit.Lacks) fit).reason());
    }

    private static GuestAbi found(WasmModule module, AbiOptions options) {
        List<GuestAbi> fitting = new ArrayList<>();
        Set<String> passedOver = new HashSet<>();
        List<Fit.Lacks> lacking = new ArrayList<>();
        for (Convention convention : CONVENTIONS.values()) {
            Fit fit = convention.fit(module, options);
            if (fit instanceof Fit.Fits fits) {
                fitting.add(fits.abi());
                passedOver.addAll(fits.preferredTo());
            } else if (fit instanceof Fit.Lacks lacks) {
                lacking.add(lacks);
            }
        }
        if (fitting.size() > 1) {
            // A program beside functions that take a text sets up what they need: GuestStart.
            passedOver.add(WasiAbi.NAME);
        }
        fitting.removeIf(abi -> passedOver.contains(abi.name()));
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (fitting.size() > 1) {
            throw new ModuleRefusedException(
                    "it can be called as "
                            + fitting.stream().map(GuestAbi::name).collect(joining(" or as "))
                            + "; say which with option abi");
        }
        throw new ModuleRefusedException(reason(lacking).orElseGet(() -> unknown(module, options)));
    }

    /** What the conventions miss that the module is most like; empty where it is like none. */
    private static Optional<String> reason(List<Fit.Lacks> lacking) {
        Likeness most =
                lacking.stream()
                        .map(Fit.Lacks::likeness)
                        .max(Comparator.naturalOrder())
                        .orElse(Likeness.NONE);
        return most == Likeness.NONE
                ? Optional.empty()
                : Optional.of(
                        lacking.stream()
                                .filter(lacks -> lacks.likeness() == most)
                                .map(Fit.Lacks::reason)
                                .collect(joining("; ")));
    }

    /** What there is instead, and which other function a convention would take. */
    private static String unknown(WasmModule module, AbiOptions options) {
        Optional<String> missing =
                options.function().filter(name -> module.function(name).isEmpty());
        String what =
                missing.isPresent()
                        ? "it exports no function '" + Exports.escaped(missing.get()) + "'"
                        : "it speaks none of the calling conventions " + listed(names());
        List<String> fitting =
                module.functions().keySet().stream()
                        .limit(MOST_TRIED)
                        .filter(name -> fits(module, options.calling(name)))
                        .toList();
        return what
                + "; exported functions: "
                + Exports.withTypes(module)
                + (fitting.isEmpty()
                        ? ""
                        : " (option function: did you mean " + Exports.asked(fitting) + "?)");
    }

    private static boolean fits(WasmModule module, AbiOptions options) {
        return CONVENTIONS.values().stream()
                .map(convention -> convention.fit(module, options))
                .anyMatch(fit -> fit instanceof Fit.Fits fits && isNoPart(fits.abi().functions()));
    }

    /** Whether the function that takes the text is not there for something else as well. */
    private static boolean isNoPart(List<String> functions) {
        return !functions.subList(1, functions.size()).contains(functions.get(0));
    }

    /** An allocator answers a text's address with another, of memory that holds no answer. */
    private static void requireApart(GuestAbi abi) {
        if (!isNoPart(abi.functions())) {
            throw new ModuleRefusedException(
                    "option function says '"
                            + abi.functions().get(0)
                            + "', with which abi "
                            + abi.name()
                            + " takes memory; name the function that takes the text");
        }
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0
                ? names.get(0)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static void requireKnown(Set<String> given, GuestAbi abi, WasmModule module) {
        Set<String> known = new LinkedHashSet<>(abi.options());
        if (module.importsWasi()) {
            known.addAll(OPTIONS_OF_WASI);
        }
        if (AssemblyScriptHost.asksOutside(module)) {
            known.add(AbiOptions.GRANT);
        }
        for (String option : new TreeSet<>(given)) {
            if (!known.contains(option)) {
                throw new ModuleRefusedException(
                        "option "
                                + option
                                + " says nothing to a module of abi "
                                + abi.name()
                                + (OPTIONS_OF_WASI.contains(option)
                                        ? " that imports no WASI"
                                        : ""));
            }
        }
    }
}
