package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.ModuleRefusedException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How much fuel one call has.
 *
 * @param units the amount
 * @param option the user's name for the option that sets the amount
 */
record FuelLevel(long units, String option) {

    private static final int SHOWN = 8;

    /**
     * Sees that a module can be held to it: code that is interpreted cannot be charged exactly.
     *
     * @param interpreted the indices of the functions that are
     * @throws ModuleRefusedException if there are any; the message ends with the option
     */
    void requireCountable(List<Integer> interpreted) {
        if (!interpreted.isEmpty()) {
            boolean one = interpreted.size() == 1;
            throw new ModuleRefusedException(
                    "its fuel cannot be counted, since "
                            + (one ? "function " : "functions ")
                            + indices(interpreted)
                            + (one ? " is" : " are")
                            + " too large for a JVM method and interpreted; divide "
                            + (one ? "it" : "them")
                            + ", or leave its fuel unbounded (option "
                            + option
                            + ")");
        }
    }

    private static String indices(List<Integer> functions) {
        return functions.stream()
                        .limit(SHOWN)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))
                + (functions.size() > SHOWN ? " and " + (functions.size() - SHOWN) + " more" : "");
    }
}
