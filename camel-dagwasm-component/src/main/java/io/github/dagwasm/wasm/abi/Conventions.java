package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All calling conventions, by their names. Stateless. */
final class Conventions {

    /** How a convention finds out whether a module speaks it. */
    private interface Convention {
        Fit fit(WasmModule module, AbiOptions options);
    }

    /** In the order in which messages list them. */
    private static final Map<String, Convention> ALL = new LinkedHashMap<>();

    static {
        ALL.put(CStringAbi.NAME, CStringAbi::fit);
        ALL.put(BufferAbi.NAME, BufferAbi::fit);
        ALL.put(AssemblyScriptAbi.NAME, AssemblyScriptAbi::fit);
        ALL.put(WasiAbi.NAME, WasiAbi::fit);
        ALL.put(CamelWasmAbi.NAME, CamelWasmAbi::fit);
    }

    private Conventions() {}

    /** The names, in the order in which messages list them. */
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** Whether one of them fits. */
    static Fit fit(String name, WasmModule module, AbiOptions options) {
        return ALL.get(name).fit(module, options);
    }

    /** All that fit, without those that others are preferred to. */
    static List<GuestAbi> fitting(WasmModule module, AbiOptions options) {
        List<GuestAbi> fitting = new ArrayList<>();
        Set<String> passedOver = new HashSet<>();
        for (String name : ALL.keySet()) {
            if (fit(name, module, options) instanceof Fit.Fits fits) {
                fitting.add(fits.abi());
                passedOver.addAll(fits.preferredTo());
            }
        }
        if (fitting.size() > 1) {
            // A program beside functions that take a text sets up what they need: GuestStart.
            passedOver.add(WasiAbi.NAME);
        }
        fitting.removeIf(abi -> passedOver.contains(abi.name()));
        return fitting;
    }
}
