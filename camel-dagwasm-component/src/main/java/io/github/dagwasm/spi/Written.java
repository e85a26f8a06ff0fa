package io.github.dagwasm.spi;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A value as its author wrote it: with placeholders. Messages show this text and never what the
 * placeholders stand for. Immutable.
 *
 * @param text the text with its placeholders
 * @param values what the placeholders stand for, by placeholder, as in <code>{{app.host}}</code>;
 *     without those that are no secret
 */
public record Written(String text, Map<String, String> values) {

    /** A shorter value is part of many texts by chance, and no secret. */
    private static final int SHORTEST = 3;

    /** Copies the map. */
    public Written {
        Objects.requireNonNull(text, "text");
        values = Map.copyOf(values);
    }

    /**
     * Whether something in the value is not to be shown.
     *
     * @return true if a placeholder stands for a secret
     */
    public boolean hides() {
        return !values.isEmpty();
    }

    /**
     * What the placeholders stand for.
     *
     * @return the values that are long enough to be looked for, the longest first
     */
    public List<String> secrets() {
        return values.values().stream()
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /**
     * Puts the placeholders back into a text of somebody else's.
     *
     * @param message the text
     * @return the text without any of the values
     */
    public String masked(String message) {
        String masked = message;
        for (String secret : secrets()) {
            masked = masked.replace(secret, placeholderOf(secret));
        }
        return masked;
    }

    private String placeholderOf(String secret) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().equals(secret))
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Tells the text, not what is hidden. */
    @Override
    public String toString() {
        return "Written[" + text + "]";
    }
}
