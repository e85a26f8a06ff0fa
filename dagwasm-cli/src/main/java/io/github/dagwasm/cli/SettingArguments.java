package io.github.dagwasm.cli;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.text.Suggestions;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The numbers of a pipeline's block {@code wasm:} as arguments. They have the names that refusals
 * call them by: {@code wasm.admission.locals}, or {@code admission.locals} in short.
 */
final class SettingArguments {

    private static final String BLOCK = "wasm.";

    private final Map<String, KeySpec> known = new LinkedHashMap<>();

    SettingArguments(List<KeySpec> specs) {
        for (KeySpec spec : specs) {
            if (spec.type() == KeySpec.Type.BLOCK) {
                spec.keys().forEach(key -> add(spec.name() + "." + key.name(), key));
            } else {
                add(spec.name(), spec);
            }
        }
    }

    /**
     * The values of the block.
     *
     * @throws IllegalArgumentException if there is no such setting or it cannot have this value
     */
    KeyValues values(Map<String, String> arguments) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Map<String, Object>> blocks = new LinkedHashMap<>();
        arguments.forEach(
                (name, text) -> {
                    String key = name.startsWith(BLOCK) ? name.substring(BLOCK.length()) : name;
                    Object value = value(name, spec(name, key), text);
                    int dot = key.indexOf('.');
                    if (dot < 0) {
                        values.put(key, value);
                    } else {
                        blocks.computeIfAbsent(key.substring(0, dot), b -> new LinkedHashMap<>())
                                .put(key.substring(dot + 1), value);
                    }
                });
        blocks.forEach((name, block) -> values.put(name, new KeyValues(block)));
        return new KeyValues(values);
    }

    private void add(String name, KeySpec spec) {
        if (spec.type() == KeySpec.Type.INTEGER || spec.type() == KeySpec.Type.NUMBER) {
            known.put(name, spec);
        }
    }

    private KeySpec spec(String name, String key) {
        return Optional.ofNullable(known.get(key))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no setting '"
                                                + name
                                                + "'"
                                                + meant(key)
                                                        .map(m -> " (did you mean '" + m + "'?)")
                                                        .orElse("")));
    }

    /** The nearest name, or the only one whose last part is near. */
    private Optional<String> meant(String key) {
        Suggestions suggestions = new Suggestions();
        Map<String, String> byLastPart =
                known.keySet().stream()
                        .collect(
                                Collectors.toMap(
                                        name -> name.substring(name.indexOf('.') + 1),
                                        name -> name,
                                        (one, other) -> one,
                                        LinkedHashMap::new));
        return suggestions
                .nearest(key, known.keySet())
                .or(() -> suggestions.nearest(key, byLastPart.keySet()).map(byLastPart::get));
    }

    private static Object value(String name, KeySpec spec, String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            KeySpec.Range range = spec.range().orElse(new KeySpec.Range(0, Long.MAX_VALUE));
            if (number.compareTo(new BigDecimal(range.minimum())) >= 0
                    && number.compareTo(new BigDecimal(range.maximum())) <= 0) {
                return spec.type() == KeySpec.Type.INTEGER
                        ? (Object) number.longValueExact()
                        : (Object) number.doubleValue();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(expected(name, spec, text), e);
        }
        throw new IllegalArgumentException(expected(name, spec, text));
    }

    private static String expected(String name, KeySpec spec, String text) {
        return name
                + ": '"
                + text
                + "' is not "
                + spec.type().noun()
                + spec.range()
                        .map(r -> " from " + plain(r.minimum()) + " to " + plain(r.maximum()))
                        .orElse("");
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
