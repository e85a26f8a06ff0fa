package io.github.dagwasm.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
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
    public static final Placeholders NONE =
            new Placeholders(key -> Optional.empty(), ResolvableKeys.ALL, true);

    /** For what was resolved before: two braces are two braces. */
    static final Placeholders RESOLVED =
            new Placeholders(key -> Optional.empty(), ResolvableKeys.ALL, false);

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /** The folder of the file is no secret: its author knows it. */
    private static final String FOLDER = "dagwasm.dir";

    private final Function<String, Optional<String>> values;
    private final ResolvableKeys resolvable;
    private final boolean toResolve;

    private Placeholders(
            Function<String, Optional<String>> values,
            ResolvableKeys resolvable,
            boolean toResolve) {
        this.values = values;
        this.resolvable = resolvable;
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
        return new Placeholders(Objects.requireNonNull(values, "values"), ResolvableKeys.ALL, true);
    }

    /**
     * These placeholders, of which files may use some.
     *
     * @param keys those that files may use; any other is a fault, whether or not it has a value or
     *     a default
     * @return the placeholders
     */
    public Placeholders only(ResolvableKeys keys) {
        return new Placeholders(values, Objects.requireNonNull(keys, "keys"), toResolve);
    }

    /** What becomes of a text: another text, or the sentence that says why not. */
    sealed interface Resolution {}

    /**
     * A text without placeholders.
     *
     * @param values what they stood for, by placeholder, where that is not to be shown
     */
    record Resolved(String text, Map<String, String> values) implements Resolution {}

    record Unresolved(String problem) implements Resolution {}

    /** Whether there is something to resolve in a text. */
    boolean areIn(String text) {
        return toResolve && text.contains(OPEN);
    }

    Resolution resolve(String text) {
        StringBuilder out = new StringBuilder();
        Map<String, String> secrets = new LinkedHashMap<>();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                return new Unresolved("'{{' without '}}' in " + Phrases.quoted(text));
            }
            Placeholder placeholder = new Placeholder(text.substring(open + OPEN.length(), close));
            Optional<String> problem = placeholder.problem(text).or(() -> forbidden(placeholder));
            if (problem.isPresent()) {
                return new Unresolved(problem.get());
            }
            Optional<String> value = value(placeholder);
            if (value.isEmpty() && placeholder.byDefault().isEmpty()) {
                return new Unresolved(
                        "no value for the placeholder {{%s}}; define it or write {{%1$s:default}}"
                                .formatted(Phrases.bare(placeholder.key())));
            }
            if (value.isPresent() && isSecret(placeholder, value.get())) {
                secrets.put(OPEN + placeholder.content() + CLOSE, value.get());
            }
            out.append(text, from, open).append(value.or(placeholder::byDefault).orElseThrow());
            from = close + CLOSE.length();
        }
        return new Resolved(out.append(text, from, text.length()).toString(), secrets);
    }

    /** Somebody else may have put the default in, which the author wrote. */
    private boolean isSecret(Placeholder placeholder, String value) {
        boolean isDefault =
                placeholder.byDefault().filter(value::equals).isPresent()
                        && resolvable.allow(placeholder.key())
                        && values.apply(placeholder.key()).isEmpty();
        return !isDefault && !placeholder.key().equals(FOLDER);
    }

    private Optional<String> forbidden(Placeholder placeholder) {
        return resolvable.allow(placeholder.whole()) || resolvable.allow(placeholder.key())
                ? Optional.empty()
                : Optional.of(
                        "the placeholder {{"
                                + Phrases.bare(placeholder.content())
                                + "}} is not for pipeline files; expected "
                                + resolvable);
    }

    /** A default must not make a function of a key that may be used. */
    private Optional<String> value(Placeholder placeholder) {
        Optional<String> value =
                resolvable.allow(placeholder.whole())
                        ? values.apply(placeholder.whole())
                        : Optional.empty();
        return value.isPresent() || !resolvable.allow(placeholder.key())
                ? value
                : values.apply(placeholder.key());
    }

    /** What stands between the braces. */
    private record Placeholder(String content) {

        private int colon() {
            return content.indexOf(':');
        }

        String whole() {
            return content.strip();
        }

        String key() {
            return (colon() < 0 ? content : content.substring(0, colon())).strip();
        }

        Optional<String> byDefault() {
            return colon() < 0 ? Optional.empty() : Optional.of(content.substring(colon() + 1));
        }

        Optional<String> problem(String text) {
            if (content.contains(OPEN)) {
                return Optional.of("a placeholder in a placeholder in " + Phrases.quoted(text));
            }
            return key().isEmpty()
                    ? Optional.of("a placeholder without a key in " + Phrases.quoted(text))
                    : Optional.empty();
        }
    }
}
