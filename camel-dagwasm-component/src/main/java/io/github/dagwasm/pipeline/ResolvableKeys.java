package io.github.dagwasm.pipeline;

import java.util.List;
import java.util.stream.Stream;

/**
 * The placeholders that pipeline files may use. Immutable.
 *
 * @param patterns keys, and beginnings of keys with an asterisk at their end. A form of somebody
 *     else's, such as {@code env:STAGE}, is matched by a pattern with a colon alone
 * @param option what the operator calls the option that lists them, for messages
 */
public record ResolvableKeys(List<String> patterns, String option) {

    /** All of them. */
    public static final ResolvableKeys ALL = new ResolvableKeys(List.of("*"), "");

    private static final String ANY = "*";
    private static final String NONE = "none";

    /** Copies the list. */
    public ResolvableKeys {
        patterns = List.copyOf(patterns);
    }

    /**
     * Reads a list of an operator's.
     *
     * @param list patterns with commas between them, or {@code none}
     * @param option what the operator calls the option
     * @return the keys
     * @throws IllegalArgumentException if a pattern is empty, or has braces, a question mark or an
     *     asterisk before its end
     */
    public static ResolvableKeys of(String list, String option) {
        if (list.strip().equals(NONE)) {
            return new ResolvableKeys(List.of(), option);
        }
        List<String> patterns = Stream.of(list.split(",", -1)).map(String::strip).toList();
        for (String pattern : patterns) {
            if (!pattern.matches("\\*|[^\\s{}?*]+\\*?")) {
                throw new IllegalArgumentException(
                        option
                                + ": found "
                                + Phrases.quoted(pattern)
                                + "; expected a key such as app.host, a beginning such as app.*,"
                                + " or the word none");
            }
        }
        return new ResolvableKeys(patterns, option);
    }

    /** Whether files may use what stands between two braces. */
    boolean allow(String content) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, content));
    }

    private static boolean matches(String pattern, String content) {
        if (pattern.equals(ANY)) {
            return true;
        }
        if (!pattern.endsWith(ANY)) {
            return pattern.equals(content);
        }
        String beginning = pattern.substring(0, pattern.length() - 1);
        boolean form = content.contains(":");
        return content.startsWith(beginning) && (!form || beginning.contains(":"));
    }

    /** The end of a sentence: what is expected, and who says so. */
    @Override
    public String toString() {
        String keys = patterns.isEmpty() ? "none" : Phrases.either(patterns);
        return keys + " (option " + option + ")";
    }
}
