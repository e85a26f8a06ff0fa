package io.github.dagwasm.pipeline;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One placeholder, {@code [FUNCTION:]KEY[:DEFAULT]}.
 *
 * @param content all that stands between the braces
 * @param function the function that knows the value; empty for a plain key
 * @param key the key; of a function other than {@code env} and {@code sys}, its whole argument
 * @param byDefault the value if there is no other
 */
record Placeholder(String content, String function, String key, Optional<String> byDefault) {

    /** The environment of the process. */
    static final String ENVIRONMENT = "env";

    /** The system properties of the JVM. */
    static final String SYSTEM = "sys";

    private static final String OPEN = "{{";

    /**
     * Takes the text between two pairs of braces apart.
     *
     * @param isFunction whether a name is a function's, {@code env} and {@code sys} apart
     */
    static Placeholder of(String content, Predicate<String> isFunction) {
        int colon = content.indexOf(':');
        if (colon < 0) {
            return new Placeholder(content, "", content.strip(), Optional.empty());
        }
        String name = content.substring(0, colon).strip();
        String rest = content.substring(colon + 1);
        if (name.equals(ENVIRONMENT) || name.equals(SYSTEM)) {
            int second = rest.indexOf(':');
            return second < 0
                    ? new Placeholder(content, name, rest.strip(), Optional.empty())
                    : new Placeholder(
                            content,
                            name,
                            rest.substring(0, second).strip(),
                            Optional.of(rest.substring(second + 1)));
        }
        return isFunction.test(name)
                ? new Placeholder(content, name, rest.strip(), Optional.empty())
                : new Placeholder(content, "", name, Optional.of(rest));
    }

    /** Function and key, without the default. */
    String form() {
        return function.isEmpty() ? key : function + ":" + key;
    }

    boolean isVariable() {
        return function.equals(ENVIRONMENT) || function.equals(SYSTEM);
    }

    /** Whether its values come from a function other than {@code env} and {@code sys}. */
    boolean callsFunction() {
        return !function.isEmpty() && !isVariable();
    }

    /** What is wrong with the way in which it is written. */
    Optional<String> problem(String text) {
        if (content.contains(OPEN)) {
            return Optional.of("a placeholder in a placeholder in " + Phrases.quoted(text));
        }
        return key.isEmpty()
                ? Optional.of("a placeholder without a key in " + Phrases.quoted(text))
                : Optional.empty();
    }

    /**
     * Camel has marks before a key, for optional options and for negations; the values of a
     * pipeline file have no use for either.
     */
    Optional<String> mark() {
        char first = key.charAt(0);
        if (callsFunction() || (first != '?' && first != '!')) {
            return Optional.empty();
        }
        return Optional.of(
                "the placeholder {{%s}} has '%s' before its key; expected {{key}} or {{key:default}}"
                        .formatted(Phrases.bare(content), first));
    }
}
