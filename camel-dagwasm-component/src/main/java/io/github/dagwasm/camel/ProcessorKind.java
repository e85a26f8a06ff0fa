package io.github.dagwasm.camel;

import java.util.Arrays;
import java.util.Locale;

/** What an endpoint sends its messages through: the first word of its URI. */
enum ProcessorKind {
    PIPELINE,
    WASM,
    LOCAL;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ProcessorKind of(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "found 'dagwasm:" + key + "'; " + expected()));
    }

    static String expected() {
        return "expected dagwasm:pipeline:FILE, dagwasm:wasm:MODULE or dagwasm:local:NAME";
    }
}
