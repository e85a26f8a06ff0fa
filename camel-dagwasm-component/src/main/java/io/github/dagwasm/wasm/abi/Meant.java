package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.text.Suggestions;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Guesses which function or convention was meant, for a module that none fits as it was told. */
final class Meant {

    private static final String NO_GUESS = "";
    private static final String DEFAULT_FUNCTION = "process";

    /** Each function that is tried may have all others looked at. */
    private static final int MOST_LOOKS = 1_000_000;

    private static final int MOST_TRIED = 1000;

    private final WasmModule module;
    private final AbiOptions options;

    Meant(WasmModule module, AbiOptions options) {
        this.module = module;
        this.options = options;
    }

    /** The function that was told, or the one that conventions look for. */
    String wanted() {
        return options.function().orElse(DEFAULT_FUNCTION);
    }

    /** A question after another function, else after another convention. */
    String insteadOf(String abi) {
        String function = function(Set.of(abi));
        return function.isEmpty() ? convention() : function;
    }

    /** A question after a function that one of some conventions could call. */
    String function(Collection<String> abis) {
        List<String> fitting =
                module.functions().keySet().stream()
                        .limit(mostTried(module))
                        .filter(name -> abis.stream().anyMatch(abi -> fits(abi, name)))
                        .toList();
        // A name that is nearly right says more than all that would do.
        Optional<String> nearest = new Suggestions().nearest(wanted(), fitting);
        return asked("function", nearest.map(List::of).orElse(fitting));
    }

    /** How many functions of a module are tried, so that no module takes long to be refused. */
    static int mostTried(WasmModule module) {
        return Math.min(MOST_TRIED, MOST_LOOKS / Math.max(1, module.functions().size()));
    }

    private boolean fits(String abi, String function) {
        if (Exports.isOfRuntime(function)) {
            return false;
        }
        if (options.function().isEmpty() && abi.equals(CamelWasmAbi.NAME)) {
            // It has looked for a function of its type, and says itself which there are.
            return false;
        }
        return Conventions.fit(abi, module, options.calling(function)) instanceof Fit.Fits fits
                && fits.isApart();
    }

    private String convention() {
        return asked(
                "abi", Conventions.fitting(module, options).stream().map(GuestAbi::name).toList());
    }

    private static String asked(String option, List<String> names) {
        return names.isEmpty()
                ? NO_GUESS
                : " (option " + option + ": did you mean " + Exports.asked(names) + "?)";
    }
}
