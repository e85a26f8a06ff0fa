package io.github.dagwasm.benchmarks.worker;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.wasm.WasmBackend;
import java.util.List;

/** Whether fuel is asked for. */
enum Metering {
    /** No fuel limit. */
    OFF,
    /** With so much fuel that no work runs out of it. */
    ON;

    private static final String OPTION = "fuel_level";
    private static final long FUEL = 100_000_000;

    /** What stands under {@code options:}, beginning with a comma. */
    String inFile() throws AbsentException {
        return this == OFF ? "" : ", " + OPTION + ": " + known();
    }

    /** What stands in a URI, beginning with an ampersand. */
    String inUri() throws AbsentException {
        return this == OFF ? "" : "&option." + OPTION + "=" + known();
    }

    private static long known() throws AbsentException {
        try (WasmBackend backend = new WasmBackend()) {
            List<String> names = backend.options().stream().map(KeySpec::name).toList();
            if (!names.contains(OPTION)) {
                throw new AbsentException(
                        "the backend wasm has no option '" + OPTION + "'; it has " + names);
            }
        }
        return FUEL;
    }
}
