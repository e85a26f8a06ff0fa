package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.spi.Metadata;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.abi.GuestJson;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The output of a guest that answers with entries of metadata: one object of JSON, of strings. */
final class ResultObject {

    static final int MOST_ENTRIES = 1000;
    static final int LONGEST_KEY = 256;
    static final int LONGEST_VALUE = 4096;

    /** A code point has two units of UTF-16 at most. */
    private static final int LONGEST_UNITS = 2 * LONGEST_VALUE;

    private static final GuestJson.Form FORM =
            new GuestJson.Form(
                    "the guest's output is no object of strings, which result: json expects",
                    "",
                    LONGEST_UNITS);

    private final Map<String, String> metadata;
    private final Set<String> own;
    private long characters;

    private ResultObject(Map<String, String> metadata) {
        this.metadata = metadata;
        own = Set.copyOf(metadata.keySet());
        metadata.forEach(this::count);
    }

    /**
     * Adds the entries to metadata that has the host's already. What is shown of them is escaped,
     * as everything is that guests make.
     *
     * @throws GuestFailureException if the output is anything else, or too much
     */
    static void addTo(Map<String, String> metadata, byte[] output) {
        GuestJson.read(output, FORM, new ResultObject(metadata)::add);
    }

    private void add(String key, GuestJson json) throws IOException {
        if (key.isEmpty()) {
            throw json.failure("a key is empty");
        }
        if (own.contains(key)) {
            throw json.failure(GuestJson.shown(key) + " is a key of the host's own");
        }
        if (metadata.size() - own.size() == MOST_ENTRIES) {
            throw json.failure("there are more than " + MOST_ENTRIES + " entries");
        }
        if (!json.isString()) {
            throw json.failure("the value of " + GuestJson.shown(key) + " is no string");
        }
        if (key.codePointCount(0, key.length()) > LONGEST_KEY) {
            throw tooLong("the key " + GuestJson.shown(key), LONGEST_KEY, json);
        }
        String value =
                json.string(LONGEST_VALUE)
                        .orElseThrow(
                                () ->
                                        tooLong(
                                                "the value of " + GuestJson.shown(key),
                                                LONGEST_VALUE,
                                                json));
        put(GuestText.escape(key, LONGEST_KEY), GuestText.escape(value, LONGEST_VALUE), json);
    }

    /** Counted at once: escaped, an answer may be six times as long as it was. */
    private void put(String key, String value, GuestJson json) {
        count(key, value);
        if (characters > Metadata.MOST_CHARACTERS) {
            throw json.failure(
                    "the entries, escaped, have more than "
                            + Metadata.MOST_CHARACTERS
                            + " characters");
        }
        metadata.put(key, value);
    }

    private void count(String key, String value) {
        characters += key.length() + value.length();
    }

    private static GuestFailureException tooLong(String what, int most, GuestJson json) {
        return json.failure(what + " has more than " + most + " code points");
    }
}
