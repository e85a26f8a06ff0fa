package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.Written;
import io.github.dagwasm.text.GuestText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where in a file placeholders stand, and what they stand for. Used by one thread. */
final class PlaceholderUses {

    private static final int BEGINNING = 12;

    private final Map<String, Written> byPath = new HashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Notes a value that was written with placeholders, by the path of its key. */
    void add(String path, Written written) {
        byPath.put(path, written);
        values.putAll(written.values());
    }

    /** The value of a key as it was written, empty where it has no placeholder. */
    Optional<Written> written(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /**
     * The value that a problem is about and that is not to be shown.
     *
     * @param path the path of the key; of a list it does not say which item is meant
     */
    Optional<Written> hidden(String path, String problem) {
        Optional<Written> own = written(path).filter(Written::hides);
        return own.or(
                () ->
                        byPath.entrySet().stream()
                                .filter(use -> use.getKey().startsWith(path + "["))
                                .sorted(Map.Entry.comparingByKey())
                                .map(Map.Entry::getValue)
                                .filter(item -> tells(problem, item))
                                .findFirst());
    }

    /** By its beginning, since a long text is cut off. */
    private static boolean tells(String problem, Written item) {
        return item.secrets().stream()
                .map(value -> GuestText.escape(value, value.length()))
                .map(value -> value.substring(0, Math.min(value.length(), BEGINNING)))
                .anyMatch(problem::contains);
    }

    /** The text of a key as it may be shown. */
    String shown(String path, String text) {
        return written(path).map(Written::text).orElse(text);
    }

    /** A message about several keys, without what placeholders stand for. */
    String masked(String message) {
        return values.isEmpty() ? message : new Written("", values).masked(message);
    }
}
