package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.GuestFailureException;
import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.wasm.abi.GuestJson;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The output of a guest that answers with entries of metadata: one object of JSON, of strings. */
final class ResultObject {

    static final int MOST_ENTRIES = 1000;
    static final int LONGEST_KEY = 256;
    static final int LONGEST_VALUE = 4096;

    private static final GuestJson.Wording WORDING =
            new GuestJson.Wording(
                    "the guest's output is no object of strings, which result: json expects", "");

    private ResultObject() {}

    /**
     * Adds the entries to metadata that has the host's already. What is shown of them is escaped,
     * as everything is that guests make.
     *
     * @throws GuestFailureException if the output is anything else, or too much
     */
    static void addTo(Map<String, String> metadata, byte[] output) {
        Set<String> own = Set.copyOf(metadata.keySet());
        GuestJson.read(output, WORDING, (key, json) -> add(metadata, own, key, json));
    }

    private static void add(
            Map<String, String> metadata, Set<String> own, String key, GuestJson json)
            throws IOException {
        if (key.isEmpty()) {
            throw json.failure("a key is empty");
        }
        if (own.contains(key)) {
            throw json.failure(GuestJson.shown(key) + " is a key of the host's own");
        }
        if (metadata.size() - own.size() == MOST_ENTRIES) {
            throw json.failure("there are more than " + MOST_ENTRIES + " entries");
        }
        String value =
                json.string()
                        .orElseThrow(
                                () ->
                                        json.failure(
                                                "the value of "
                                                        + GuestJson.shown(key)
                                                        + " is no string"));
        require(key, LONGEST_KEY, () -> "the key " + GuestJson.shown(key), json);
        require(value, LONGEST_VALUE, () -> "the value of " + GuestJson.shown(key), json);
        metadata.put(GuestText.escape(key, LONGEST_KEY), GuestText.escape(value, LONGEST_VALUE));
    }

    private static void require(String text, int most, Supplier<String> what, GuestJson json) {
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            throw json.failure(
                    what.get() + " has " + length + " code points, and " + most + " at the most");
        }
    }
}
