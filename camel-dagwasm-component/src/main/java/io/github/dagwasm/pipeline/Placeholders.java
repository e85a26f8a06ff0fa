package io.github.dagwasm.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values of placeholders in a pipeline file: <code>{{key}}</code>, {@code {{env:NAME}}} and {@code
 * {{sys:NAME}}}, each also with a default, as in <code>{{key:default}}</code>, and Camel's other
 * functions where there is Camel. A value is put in as it is: placeholders inside it are not
 * resolved. Safe for use by any number of threads if the functions are.
 */
public final class Placeholders {

    /** Knows no key: a placeholder without a default is a fault. */
    public static final Placeholders NONE = of(key -> Optional.empty());

    /** For what was resolved before: two braces are two braces. */
    static final Placeholders RESOLVED =
            new Placeholders(
                    key -> Optional.empty(), PropertyFunctions.NONE, ResolvableKeys.ALL, false);

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /** The folder of the file is no secret: its author knows it. */
    private static final String FOLDER = "dagwasm.dir";

    private final Function<String, Optional<String>> values;
    private final PropertyFunctions functions;
    private final ResolvableKeys resolvable;
    private final boolean toResolve;

    private Placeholders(
            Function<String, Optional<String>> values,
            PropertyFunctions functions,
            ResolvableKeys resolvable,
            boolean toResolve) {
        this.values = values;
        this.functions = functions;
        this.resolvable = resolvable;
        this.toResolve = toResolve;
    }

    /**
     * Placeholders with the values of a function. Environment variables and system properties of
     * the JVM are those of this process.
     *
     * @param values the value of a plain key, empty if it has none
     * @return the placeholders
     */
    public static Placeholders of(Function<String, Optional<String>> values) {
        return new Placeholders(
                Objects.requireNonNull(values, "values"),
                PropertyFunctions.NONE,
                ResolvableKeys.ALL,
                true);
    }

    /**
     * These placeholders, which may call functions.
     *
     * @param functions the functions beside {@code env} and {@code sys}
     * @return the placeholders
     */
    public Placeholders calling(PropertyFunctions functions) {
        return new Placeholders(
                values, Objects.requireNonNull(functions, "functions"), resolvable, toResolve);
    }

    /**
     * These placeholders, of which files may use some.
     *
     * @param keys those that files may use; any other is a fault, whether or not it has a value or
     *     a default
     * @return the placeholders
     */
    public Placeholders only(ResolvableKeys keys) {
        return new Placeholders(values, functions, Objects.requireNonNull(keys, "keys"), toResolve);
    }

    /** What becomes of a text: another text, or the sentence that says why not. */
    sealed interface Resolution {}

    /**
     * A text without placeholders.
     *
     * @param values what they stood for, by placeholder, where that is not to be shown
     * @param folder the folder of the file, if a placeholder stood for it
     */
    record Resolved(String text, Map<String, String> values, Optional<String> folder)
            implements Resolution {}

    record Unresolved(String problem) implements Resolution {}

    /** Whether there is something to resolve in a text. */
    boolean areIn(String text) {
        return toResolve && text.contains(OPEN);
    }

    Resolution resolve(String text) {
        StringBuilder out = new StringBuilder();
        Map<String, String> secrets = new LinkedHashMap<>();
        Optional<String> folder = Optional.empty();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                return new Unresolved("'{{' without '}}' in " + Phrases.quoted(text));
            }
            Placeholder placeholder =
                    Placeholder.of(text.substring(open + OPEN.length(), close), this::isFunction);
            Optional<String> problem =
                    placeholder
                            .problem(text)
                            .or(() -> forbidden(placeholder))
                            .or(placeholder::mark)
                            .or(() -> unavailable(placeholder));
            if (problem.isPresent()) {
                return new Unresolved(problem.get());
            }
            Optional<String> value = value(placeholder);
            if (value.isEmpty() && placeholder.byDefault().isEmpty()) {
                return new Unresolved(noValue(placeholder));
            }
            if (placeholder.form().equals(FOLDER)) {
                folder = value;
            } else if (value.isPresent()) {
                secrets.put(OPEN + placeholder.content() + CLOSE, value.get());
            }
            out.append(text, from, open).append(value.or(placeholder::byDefault).orElseThrow());
            from = close + CLOSE.length();
        }
        return new Resolved(out.append(text, from, text.length()).toString(), secrets, folder);
    }

    /** A name of Camel's is a function's even where there is no Camel. */
    private boolean isFunction(String name) {
        return PropertyFunctions.OF_CAMEL.contains(name) || functions.has(name);
    }

    private Optional<String> forbidden(Placeholder placeholder) {
        return resolvable.allow(placeholder.form())
                ? Optional.empty()
                : Optional.of(
                        "the placeholder {{"
                                + Phrases.bare(placeholder.content())
                                + "}} is not for pipeline files; expected "
                                + resolvable);
    }

    private Optional<String> unavailable(Placeholder placeholder) {
        return !placeholder.callsFunction() || functions.has(placeholder.function())
                ? Optional.empty()
                : Optional.of(
                        "the placeholder {{%s}} calls Camel's function '%s', which is not available here; expected a key, env:NAME or sys:NAME"
                                .formatted(
                                        Phrases.bare(placeholder.content()),
                                        placeholder.function()));
    }

    private Optional<String> value(Placeholder placeholder) {
        return switch (placeholder.function()) {
            case "" -> values.apply(placeholder.key());
            case Placeholder.ENVIRONMENT -> Environment.variable(placeholder.key());
            case Placeholder.SYSTEM -> Optional.ofNullable(System.getProperty(placeholder.key()));
            default -> functions.value(placeholder.function(), placeholder.key());
        };
    }

    private static String noValue(Placeholder placeholder) {
        String form = Phrases.bare(placeholder.form());
        return "no value for the placeholder {{%s}}".formatted(form)
                + (placeholder.callsFunction()
                        ? ""
                        : "; define it or write {{%s:default}}".formatted(form));
    }
}
