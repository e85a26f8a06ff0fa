package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeySpec.Range;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.text.Suggestions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator says of the numbers in one block of a pipeline file. Immutable.
 *
 * @param defaults what holds where the author says nothing, by the keys of the block; for a key
 *     that is absent it is the built-in default, or the ceiling where that is less or there is no
 *     built-in default
 * @param ceilings above which the author is refused, by the keys of the block
 */
public record Allowances(Map<String, Long> defaults, Map<String, Long> ceilings) {

    /** The built-in defaults, and no ceilings. */
    public static final Allowances NONE = new Allowances(Map.of(), Map.of());

    private static final int SHOWN = 60;

    /** Copies the maps. */
    public Allowances {
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        ceilings = Collections.unmodifiableMap(new LinkedHashMap<>(ceilings));
    }

    /**
     * The specs of the block under these allowances: their ceilings, and what is the default.
     *
     * @param builtIn the specs with the built-in defaults
     * @throws IllegalArgumentException if there is no such key, if a number is not in its range, or
     *     if a default is above its ceiling
     */
    List<KeySpec> on(List<KeySpec> builtIn, OptionNames names) {
        List<String> known = builtIn.stream().map(KeySpec::name).toList();
        defaults.keySet().forEach(key -> requireKnown(key, known, names.ofDefault().apply(key)));
        ceilings.keySet().forEach(key -> requireKnown(key, known, names.ofCeiling().apply(key)));
        return builtIn.stream().map(spec -> on(spec, names)).toList();
    }

    /** What the defaults of specs come to. */
    static KeyValues defaultsOf(List<KeySpec> specs) {
        Map<String, Object> values = new LinkedHashMap<>();
        specs.forEach(spec -> builtIn(spec).ifPresent(value -> values.put(spec.name(), value)));
        return new KeyValues(values);
    }

    private KeySpec on(KeySpec spec, OptionNames names) {
        String key = spec.name();
        Optional<Long> own = Optional.ofNullable(defaults.get(key));
        Optional<Long> ceiling = Optional.ofNullable(ceilings.get(key));
        own.ifPresent(value -> requireInRange(spec, value, names.ofDefault().apply(key)));
        ceiling.ifPresent(value -> requireInRange(spec, value, names.ofCeiling().apply(key)));
        long highest = ceiling.orElse(Long.MAX_VALUE);
        if (own.isPresent() && own.get() > highest) {
            throw new IllegalArgumentException(
                    names.ofDefault().apply(key)
                            + ": found "
                            + own.get()
                            + "; expected at most "
                            + highest
                            + ", which "
                            + names.ofCeiling().apply(key)
                            + " says");
        }
        Optional<Long> value =
                own.or(() -> builtIn(spec).map(built -> Math.min(built, highest)))
                        .or(() -> ceiling);
        KeySpec with = value.map(v -> spec.defaultsTo(Long.toString(v))).orElse(spec);
        return ceiling.map(c -> with.under(names.ceilingOf(key, c))).orElse(with);
    }

    private static Optional<Long> builtIn(KeySpec spec) {
        return spec.defaultValue().map(Long::valueOf);
    }

    private static void requireInRange(KeySpec spec, long value, String option) {
        Range range = spec.range().orElseThrow();
        if (value < range.minimum() || value > range.maximum()) {
            throw new IllegalArgumentException(
                    option
                            + ": found "
                            + value
                            + "; expected "
                            + (long) range.minimum()
                            + " to "
                            + (long) range.maximum());
        }
    }

    private static void requireKnown(String key, List<String> known, String option) {
        if (!known.contains(key)) {
            throw new IllegalArgumentException(
                    GuestText.escape(option, SHOWN)
                            + ": there is no such key"
                            + new Suggestions()
                                    .nearest(key, known)
                                    .map(nearest -> " (did you mean '" + nearest + "'?)")
                                    .orElse("; expected one of " + String.join(", ", known)));
        }
    }
}
