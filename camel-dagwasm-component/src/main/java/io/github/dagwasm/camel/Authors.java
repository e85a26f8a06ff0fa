package io.github.dagwasm.camel;

import io.github.dagwasm.text.GuestText;
import java.util.Locale;
import java.util.stream.Stream;

/** How far the authors of pipeline files are trusted. */
enum Authors {
    /** Like the authors of routes. */
    TRUSTED,

    /** Not at all: Camel evaluates nothing that they write. */
    RESTRICTED;

    private static final int SHOWN = 60;

    /** The word for it in the component option. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Authors of(String key) {
        return Stream.of(values())
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "authors: found '"
                                                + GuestText.escape(key, SHOWN)
                                                + "'; expected trusted or restricted"));
    }
}
