package io.github.dagwasm.wasm.abi;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides which calling convention a module speaks, by the names of its exports <em>and</em> by
 * their types: the same names do not mean the same convention. Stateless.
 */
public final class AbiDetector {

    /** What a module that imports WASI may be told by its processor's options. */
    private static final Set<String> OPTIONS_OF_WASI =
            Set.of(AbiOptions.ARGS, AbiOptions.ENV, AbiOptions.GRANT);

    private AbiDetector() {}

    /**
     * The names of the conventions there are.
     *
     * @return what may stand after {@code abi:}
     */
    public static List<String> names() {
        return Conventions.names();
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
        requireApart(abi, module, options);
        requireKnown(options.given(), abi, module);
        return abi;
    }

    private static GuestAbi named(String name, WasmModule module, AbiOptions options) {
        Fit fit = Conventions.fit(name, module, options);
        if (fit instanceof Fit.Fits fits) {
            return fits.abi();
        }
        String reason = ((Fit.Lacks) fit).reason();
        throw new ModuleRefusedException(
                OtherConvention.refusal(module)
                        .orElseGet(() -> reason + new Meant(module, options).insteadOf(name)));
    }

    private static GuestAbi found(WasmModule module, AbiOptions options) {
        List<GuestAbi> fitting = Conventions.fitting(module, options);
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (fitting.size() > 1) {
            throw new ModuleRefusedException(
                    "it can be called as "
                            + fitting.stream().map(GuestAbi::name).collect(joining(" or as "))
                            + "; say which with option abi");
        }
        throw new ModuleRefusedException(
                OtherConvention.refusal(module)
                        .orElseGet(() -> new NoConvention(module, options).reason()));
    }

    /** An allocator answers a text's address with another, of memory that holds no answer. */
    private static void requireApart(GuestAbi abi, WasmModule module, AbiOptions options) {
        if (!new Fit.Fits(abi).isApart()) {
            throw new ModuleRefusedException(
                    "option function says '"
                            + abi.functions().get(0)
                            + "', with which abi "
                            + abi.name()
                            + " takes memory; name the function that takes the text"
                            + new Meant(module, options).function(Set.of(abi.name())));
        }
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
