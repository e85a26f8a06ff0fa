package io.github.dagwasm.spi;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Metadata of a processor that always tells the same few things: a map in the order of its keys,
 * immutable, which nobody need copy. Numbers are spelt when somebody looks.
 *
 * <pre>{@code
 * private static final Metadata.Keys LENGTHS = Metadata.keys("input_length", "output_length");
 * ...
 * ProcessorResult.of(output, LENGTHS.of(input.utf8Length(), output.utf8Length()));
 * }</pre>
 */
public final class Metadata extends AbstractMap<String, String> implements Serializable {

    /** How many characters of keys and values one processor may add. */
    public static final long MOST_CHARACTERS = 4L << 20;

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_NUMBER = Long.toString(Long.MIN_VALUE).length();

    private final transient Keys keys;
    private final transient Object[] values;

    private Metadata(Keys keys, Object[] values) {
        this.keys = keys;
        this.values = values;
    }

    /** The keys of all metadata of one kind. */
    public static final class Keys {

        private final String[] names;

        private Keys(String[] names) {
            this.names = names;
        }

        /**
         * Metadata with these keys.
         *
         * @param values a String, Integer or Long for each key; the array belongs to the metadata
         *     from now on
         * @return the metadata
         * @throws IllegalArgumentException if there are more or fewer values than keys, or one is
         *     of another class
         */
        public Metadata of(Object... values) {
            if (values.length != names.length) {
                throw new IllegalArgumentException(
                        values.length + " values do not fit " + names.length + " keys");
            }
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                if (!(value instanceof String
                        || value instanceof Integer
                        || value instanceof Long)) {
                    throw new IllegalArgumentException(
                            "the value of '"
                                    + names[i]
                                    + "' must be a String, an Integer or a Long, but is "
                                    + (value == null ? null : value.getClass().getName()));
                }
            }
            return new Metadata(this, values);
        }
    }

    /**
     * Keys to make metadata with, once for all calls.
     *
     * @param names the keys in their order, each of its own
     * @return the keys
     */
    public static Keys keys(String... names) {
        String[] copy = names.clone();
        if (Set.of(copy).size() != copy.length) {
            throw new IllegalArgumentException("a key is given twice");
        }
        return new Keys(copy);
    }

    /**
     * A bound on the characters of all keys and values, which is known without spelling numbers.
     *
     * @return as many as there are, or somewhat more
     */
    public long mostCharacters() {
        long characters = 0;
        for (int i = 0; i < values.length; i++) {
            characters += keys.names[i].length();
            characters += values[i] instanceof String text ? text.length() : LONGEST_NUMBER;
        }
        return characters;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key) >= 0;
    }

    @Override
    public String get(Object key) {
        int at = find(key);
        return at < 0 ? null : values[at].toString();
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new Entries();
    }

    private int find(Object key) {
        int at = values.length - 1;
        while (at >= 0 && !keys.names[at].equals(key)) {
            at--;
        }
        return at;
    }

    private Object writeReplace() {
        return new LinkedHashMap<>(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("metadata is written as a plain map");
    }

    private final class Entries extends AbstractSet<Map.Entry<String, String>> {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public Iterator<Map.Entry<String, String>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < values.length;
                }

                @Override
                public Map.Entry<String, String> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    String value = values[next].toString();
                    return new SimpleImmutableEntry<>(keys.names[next++], value);
                }
            };
        }
    }
}
