package io.github.dagwasm.spi;

import java.util.List;
import java.util.Locale;

/** What a processor does with its text. */
public enum Intent {
    /** Its output is its text. */
    TRANSFORM,
    /** It adds metadata; its text is its input, unchanged, whatever it returns. */
    ANALYZE;

    private static final String OPTION = "intent";

    /**
     * The option {@code intent} of a backend whose processors may do either.
     *
     * @param description one sentence for the reference page
     * @return the spec
     */
    public static KeySpec option(String description) {
        return KeySpec.of(OPTION, KeySpec.Type.STRING, description)
                .oneOf(List.of(TRANSFORM.word(), ANALYZE.word()))
                .defaultsTo(TRANSFORM.word());
    }

    /**
     * What a processor's options say.
     *
     * @param options the options, which fit {@link #option}
     * @return the intent, {@link #TRANSFORM} where they do not say
     */
    public static Intent of(KeyValues options) {
        return options.string(OPTION)
                .map(word -> valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(TRANSFORM);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
