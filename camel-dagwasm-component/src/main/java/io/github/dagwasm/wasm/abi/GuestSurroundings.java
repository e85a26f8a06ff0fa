package io.github.dagwasm.wasm.abi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a guest that imports WASI gets of the outside beside its streams. Immutable.
 *
 * @param arguments the command's own name first, then its arguments
 * @param environment names and values in their order
 * @param clock whether it sees the time; else its clock stands still
 * @param random whether its random numbers are random; else they are always the same
 */
public record GuestSurroundings(
        List<String> arguments, Map<String, String> environment, boolean clock, boolean random) {

    /** A command without arguments, and nothing else. */
    public static final GuestSurroundings BARE =
            new GuestSurroundings(List.of("guest"), Map.of(), false, false);

    /** Copies the collections. */
    public GuestSurroundings {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
