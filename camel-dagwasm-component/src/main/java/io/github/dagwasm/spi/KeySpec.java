package io.github.dagwasm.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known of one key of a pipeline file. The reader, its suggestions, the JSON Schema and the
 * reference page all come from these. Immutable: every method that narrows a spec returns another
 * one.
 *
 * @param name the key, in snake case
 * @param aliases other spellings that mean the same
 * @param type what its value is
 * @param description one sentence for the reference page
 * @param required whether it must be there
 * @param defaultValue what holds in its absence, as people write it
 * @param range the least and the greatest number allowed, where the value is one
 * @param choices the values allowed, each with the options it brings along; empty where any will do
 * @param keys the keys of the block, where the value is one
 * @param format what the value must look like, where it is a string with a form of its own
 */
public record KeySpec(
        String name,
        List<String> aliases,
        Type type,
        String description,
        boolean required,
        Optional<String> defaultValue,
        Optional<Range> range,
        Map<String, List<KeySpec>> choices,
        List<KeySpec> keys,
        Optional<Format> format) {

    /** What a value is. */
    public enum Type {
        /** A string. */
        STRING("a string"),
        /** A string taken from the source as it stands, even where YAML would read a number. */
        SOURCE_STRING("a string"),
        /** A whole number. */
        INTEGER("a whole number"),
        /** A number, with or without a fraction. */
        NUMBER("a number"),
        /** True or false. */
        BOOLEAN("true or false"),
        /** A list of strings. */
        STRINGS("a list of strings"),
        /** A mapping whose keys have specs of their own. */
        BLOCK("a block of keys");

        private final String noun;

        Type(String noun) {
            this.noun = noun;
        }

        /**
         * The type in words.
         *
         * @return a noun with its article
         */
        public String noun() {
            return noun;
        }
    }

    /**
     * The numbers allowed, both ends included.
     *
     * @param minimum the least
     * @param maximum the greatest
     * @param ceiling what the operator allows of them, where he says so
     */
    public record Range(double minimum, double maximum, Optional<Ceiling> ceiling) {

        /**
         * A range without a ceiling.
         *
         * @param minimum the least
         * @param maximum the greatest
         */
        public Range(double minimum, double maximum) {
            this(minimum, maximum, Optional.empty());
        }

        /**
         * The greatest number that is taken.
         *
         * @return the maximum, or the ceiling where that is less
         */
        public double greatest() {
            return ceiling.map(c -> Math.min(c.value(), maximum)).orElse(maximum);
        }
    }

    /**
     * A bound of the operator's, above which the author of a file is refused.
     *
     * @param value the greatest number that he may write
     * @param unit what messages say after the number, as in {@code s}; empty where the key says it
     * @param option what sets the ceiling, as in {@code memoryMbCeiling}
     */
    public record Ceiling(double value, String unit, String option) {

        /** Refuses null. */
        public Ceiling {
            Objects.requireNonNull(unit, "unit");
            Objects.requireNonNull(option, "option");
        }
    }

    /**
     * What a string must look like.
     *
     * @param pattern the whole string matches it; written so that Java and ECMA-262 read it alike
     * @param description the same in words
     * @param secret whether a value may hold a secret, as an endpoint's URI does: a fault does not
     *     tell it
     */
    public record Format(Pattern pattern, String description, boolean secret) {}

    /** Copies the collections, keeping their order. */
    public KeySpec {
        Objects.requireNonNull(name, "name");
        aliases = List.copyOf(aliases);
        choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
        keys = List.copyOf(keys);
    }

    /**
     * An optional key.
     *
     * @param name the key
     * @param type what its value is
     * @param description one sentence for the reference page
     * @return the spec
     */
    public static KeySpec of(String name, Type type, String description) {
        return new KeySpec(
                name,
                List.of(),
                type,
                description,
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty());
    }

    /**
     * An optional block of keys.
     *
     * @param name the key
     * @param description one sentence for the reference page
     * @param keys the keys of the block
     * @return the spec
     */
    public static KeySpec block(String name, String description, List<KeySpec> keys) {
        return new KeySpec(
                name,
                List.of(),
                Type.BLOCK,
                description,
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                keys,
                Optional.empty());
    }

    /**
     * The same key, also known by another spelling.
     *
     * @param alias the other spelling
     * @return the new spec
     */
    public KeySpec alias(String alias) {
        List<String> all = new ArrayList<>(aliases);
        all.add(alias);
        return new KeySpec(
                name, all, type, description, required, defaultValue, range, choices, keys, format);
    }

    /**
     * The same key, which must be there.
     *
     * @return the new spec
     */
    public KeySpec mandatory() {
        return new KeySpec(
                name, aliases, type, description, true, defaultValue, range, choices, keys, format);
    }

    /**
     * The same key with a default.
     *
     * @param value what holds in its absence, as people write it
     * @return the new spec
     */
    public KeySpec defaultsTo(String value) {
        return new KeySpec(
                name,
                aliases,
                type,
                description,
                required,
                Optional.of(value),
                range,
                choices,
                keys,
                format);
    }

    /**
     * The same key with bounds.
     *
     * @param minimum the least number allowed
     * @param maximum the greatest number allowed
     * @return the new spec
     */
    public KeySpec between(double minimum, double maximum) {
        return within(new Range(minimum, maximum));
    }

    /**
     * The same key with a ceiling of the operator's. Its bounds stay: what is beyond them is wrong
     * whoever is the operator.
     *
     * @param ceiling the ceiling
     * @return the new spec
     * @throws IllegalStateException if the key has no bounds
     */
    public KeySpec under(Ceiling ceiling) {
        Range bounds =
                range.orElseThrow(
                        () -> new IllegalStateException("'" + name + "' has no bounds yet"));
        return within(new Range(bounds.minimum(), bounds.maximum(), Optional.of(ceiling)));
    }

    private KeySpec within(Range bounds) {
        return new KeySpec(
                name,
                aliases,
                type,
                description,
                required,
                defaultValue,
                Optional.of(bounds),
                choices,
                keys,
                format);
    }

    /**
     * The same key with an enumeration of values.
     *
     * @param values the values allowed
     * @return the new spec
     */
    public KeySpec oneOf(List<String> values) {
        Map<String, List<KeySpec>> all = new LinkedHashMap<>();
        values.forEach(value -> all.put(value, List.of()));
        return choosing(all);
    }

    /**
     * The same key with an enumeration of values, each of which brings options of its own to its
     * processor.
     *
     * @param optionsByValue the values allowed, with their options
     * @return the new spec
     */
    public KeySpec choosing(Map<String, List<KeySpec>> optionsByValue) {
        return new KeySpec(
                name,
                aliases,
                type,
                description,
                required,
                defaultValue,
                range,
                optionsByValue,
                keys,
                format);
    }

    /**
     * The same key with a form that its string must have.
     *
     * @param pattern the whole string matches it; written so that Java and ECMA-262 read it alike
     * @param words the same in words
     * @return the new spec
     */
    public KeySpec matching(String pattern, String words) {
        return formed(new Format(Pattern.compile(pattern), words, false));
    }

    /**
     * The same key with a form that its string must have, and that may hold a secret.
     *
     * @param pattern the whole string matches it; written so that Java and ECMA-262 read it alike
     * @param words the same in words
     * @return the new spec
     */
    public KeySpec matchingSecret(String pattern, String words) {
        return formed(new Format(Pattern.compile(pattern), words, true));
    }

    private KeySpec formed(Format form) {
        return new KeySpec(
                name,
                aliases,
                type,
                description,
                required,
                defaultValue,
                range,
                choices,
                keys,
                Optional.of(form));
    }
}
