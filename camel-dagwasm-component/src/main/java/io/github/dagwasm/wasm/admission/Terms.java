package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * On which terms modules are admitted.
 *
 * @param budgets how much of what a module may have
 * @param limits how large its memory and its tables may begin
 * @param provided the functions that it may import: {@code module.name} and the type
 * @param heapBytes the heap that there is for all modules together
 */
record Terms(Budgets budgets, GuestLimits limits, Map<String, String> provided, long heapBytes) {

    private static final String WASI = "wasi_snapshot_preview1.";

    /** A function of AssemblyScript's library: its name has a dot, or is one of two. */
    private static final Pattern SCRIPT = Pattern.compile("env\\.(?:.*\\..*|trace|seed)");

    Terms {
        provided = Map.copyOf(provided);
    }

    /**
     * What is provided, for messages: functions by their names, but those of libraries by theirs.
     */
    String offer() {
        SortedSet<String> names = new TreeSet<>();
        boolean wasi = false;
        boolean script = false;
        for (String function : provided.keySet()) {
            if (function.startsWith(WASI)) {
                wasi = true;
            } else if (SCRIPT.matcher(function).matches()) {
                script = true;
            } else {
                names.add(function);
            }
        }
        return String.join(", ", names)
                + (script ? ", AssemblyScript's console, trace, seed and clocks" : "")
                + (wasi ? ", WASI preview 1" : "");
    }
}
