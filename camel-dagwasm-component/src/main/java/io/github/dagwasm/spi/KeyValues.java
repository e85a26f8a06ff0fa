package io.github.dagwasm.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * The values of a block of keys, as the author wrote them and as their {@link KeySpec}s allow. Keys
 * that are absent are absent here too: a default is applied by whoever reads the value, who knows
 * what else may set it. Immutable.
 */
public final class KeyValues {

    /** No values at all. */
    public static final KeyValues NONE = new KeyValues(Map.of());

    private final Map<String, Object> values;
    private final Map<String, Written> written;

    /**
     * Values by key name.
     *
     * @param values String, Long, Double, Boolean, a List of String, or KeyValues, as the key's
     *     type says
     */
    public KeyValues(Map<String, Object> values) {
        this(values, Map.of());
    }

    /**
     * Values by key name, some of which were written with placeholders.
     *
     * @param values String, Long, Double, Boolean, a List of String, or KeyValues, as the key's
     *     type says
     * @param written the values that were written with placeholders, by key name, or key name and
     *     index as in {@code headers[0]}
     */
    public KeyValues(Map<String, Object> values, Map<String, Written> written) {
        values.forEach((name, value) -> Objects.requireNonNull(value, name));
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.written = Map.copyOf(written);
    }

    /**
     * Whether a key was written.
     *
     * @param name the key
     * @return true if there is a value
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * The string of a key.
     *
     * @param name the key
     * @return the string, empty where the key is absent
     */
    public Optional<String> string(String name) {
        return value(name, String.class);
    }

    /**
     * The string of a key that must be there.
     *
     * @param name the key
     * @return the string
     * @throws NoSuchElementException if the key is absent
     */
    public String requiredString(String name) {
        return string(name)
                .orElseThrow(() -> new NoSuchElementException("no value for '" + name + "'"));
    }

    /**
     * The whole number of a key.
     *
     * @param name the key
     * @return the number, empty where the key is absent
     */
    public Optional<Long> integer(String name) {
        return value(name, Long.class);
    }

    /**
     * The number of a key.
     *
     * @param name the key
     * @return the number, empty where the key is absent
     */
    public Optional<Double> number(String name) {
        return value(name, Double.class);
    }

    /**
     * The truth value of a key.
     *
     * @param name the key
     * @return the value, empty where the key is absent
     */
    public Optional<Boolean> bool(String name) {
        return value(name, Boolean.class);
    }

    /**
     * The list of a key.
     *
     * @param name the key
     * @return the strings, none where the key is absent
     */
    @SuppressWarnings("unchecked") // the reader puts nothing but strings into a list
    public List<String> strings(String name) {
        return value(name, List.class).map(list -> (List<String>) list).orElse(List.of());
    }

    /**
     * The block of a key.
     *
     * @param name the key
     * @return its values, none where the key is absent
     */
    public KeyValues block(String name) {
        return value(name, KeyValues.class).orElse(NONE);
    }

    /**
     * A value as it was written.
     *
     * @param name the key, or key and index as in {@code headers[0]}
     * @return its text with placeholders, empty where the value has none or is absent
     */
    public Optional<Written> written(String name) {
        return Optional.ofNullable(written.get(name));
    }

    /**
     * The string of a key that must be there, as it may be shown.
     *
     * @param name the key
     * @return the string, with its placeholders instead of what they stand for
     * @throws NoSuchElementException if the key is absent
     */
    public String shown(String name) {
        return written(name).map(Written::text).orElseGet(() -> requiredString(name));
    }

    /** Tells which keys there are, not what they hold. */
    @Override
    public String toString() {
        return "KeyValues" + values.keySet();
    }

    private <T> Optional<T> value(String name, Class<T> type) {
        return Optional.ofNullable(type.cast(values.get(name)));
    }
}
