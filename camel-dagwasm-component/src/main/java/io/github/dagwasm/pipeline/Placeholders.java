package io.github.dagwasm.pipeline;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code {{key}}} and <code>{{key:default}}</code> stand for in a pipeline file. A value is
 * put in as it is: placeholders inside it are not resolved. Safe for use by any number of threads
 * if the function is.
 */
public final class Placeholders {

    /** Knows no key: a placeholder without a default is a fault. */
    public static final Placeholders NONE = new Placeholders(key -> Optional.empty(), true);

    /** For what was resolved before: two braces are two braces. */
    static final Placeholders RESOLVED = new Placeholders(key -> Optional.empty(), false);

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final Function<String, Optional<String>> values;

    private final boolean toResolve;

    private Placeholders(Function<String, Optional<String>> values, boolean toResolve) {
        this.values = values;
        this.toResolve = toResolve;
    }

    /**
     * Placeholders with the values of a function.
     *
     * @param values the value of a key, empty where it has none. It is asked first with all that
     *     stands between the braces, which lets it know forms such as {@code env:NAME} of its own,
     *     and then, where there is a colon, with what stands before the first
     * @return the placeholders
     */
    public static Placeholders of(Function<String, Optional<String>> values) {
        return new Placeholders(Objects.requireNonNull(values, "values"), true);
    }

    /** What becomes of a text: another text, or the sentence that says why not. */
    sealed interface Resolution {}

    record Resolved(String text) implements Resolution {}

    record Unresolved(String problem) implements Resolution {}

    /** Whether there is something to resolve in a text. */
    boolean areIn(String text) {
        return toResolve && text.contains(OPEN);
    }

    Resolution resolve(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                return new Unresolved("'{{' without '}}' in " + Phrases.quoted(text));
            }
            String content = text.substring(open + OPEN.length(), close);
            if (content.contains(OPEN)) {
                return new Unresolved("a placeholder in a placeholder in " + Phrases.quoted(text));
            }
            int colon = content.indexOf(':');
            String key = (colon < 0 ? content : content.substring(0, colon)).strip();
            if (key.isEmpty()) {
                return new Unresolved("a placeholder without a key in " + Phrases.quoted(text));
            }
            Optional<String> value = value(content.strip(), key, colon);
            if (value.isEmpty() && colon < 0) {
                return new Unresolved(
                        "no value for the placeholder {{%s}}; define it or write {{%1$s:default}}"
                                .formatted(Phrases.bare(key)));
            }
            out.append(text, from, open)
                    .append(value.orElseGet(() -> content.substring(colon + 1)));
            from = close + CLOSE.length();
        }
        return new Resolved(out.append(text, from, text.length()).toString());
    }

    private Optional<String> value(String content, String key, int colon) {
        Optional<String> value = values.apply(content);
        return value.isPresent() || colon < 0 ? value : values.apply(key);
    }
}
