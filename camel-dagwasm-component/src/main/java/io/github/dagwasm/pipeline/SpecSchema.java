package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeySpec.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What specs are in JSON Schema: the counterpart of {@link ValueReader} and {@link BlockReader}.
 * Immutable.
 */
final class SpecSchema {

    /** A string with a placeholder in it: what it stands for, a schema cannot see. */
    static final Map<String, Object> PLACEHOLDER = placeholder();

    static final Map<String, Object> TO_PLACEHOLDER = Map.of("$ref", "#/definitions/placeholder");

    private static final String TYPE = "type";
    private static final String ANY_OF = "anyOf";
    private static final String STRING = "string";
    private static final double LARGE = 1e15;
    private static final Range FINITE = new Range(-Double.MAX_VALUE, Double.MAX_VALUE);

    private final boolean placeholders;

    /**
     * Creates a generator.
     *
     * @param placeholders whether a placeholder may stand for every scalar
     */
    SpecSchema(boolean placeholders) {
        this.placeholders = placeholders;
    }

    /** A block with these keys and no others. */
    Map<String, Object> block(List<KeySpec> specs) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        List<Object> rules = new ArrayList<>();
        for (KeySpec spec : specs) {
            properties.put(spec.name(), described(spec, spec.description()));
            for (String alias : spec.aliases()) {
                String words = "The same as '" + spec.name() + "'. " + spec.description();
                properties.put(alias, described(spec, words));
            }
            List<String> spellings = spellings(spec);
            if (spec.required() && spellings.size() == 1) {
                required.add(spec.name());
            } else if (spec.required()) {
                rules.add(Map.of(ANY_OF, spellings.stream().map(SpecSchema::present).toList()));
            }
            rules.addAll(exclusions(spellings));
        }
        Map<String, Object> block = new LinkedHashMap<>();
        boolean needed = specs.stream().anyMatch(KeySpec::required);
        block.put(TYPE, needed ? "object" : List.of("object", "null"));
        block.put("properties", properties);
        if (!required.isEmpty()) {
            block.put("required", required);
        }
        block.put("additionalProperties", false);
        if (!rules.isEmpty()) {
            block.put("allOf", rules);
        }
        return block;
    }

    /** The condition that a key is there, in whichever spelling, and its value fits a schema. */
    static Map<String, Object> has(KeySpec spec, Object value) {
        List<Object> ways = new ArrayList<>();
        for (String key : spellings(spec)) {
            Map<String, Object> way = new LinkedHashMap<>();
            way.put("properties", Map.of(key, value));
            way.put("required", List.of(key));
            ways.add(way);
        }
        return Map.of(ANY_OF, ways);
    }

    private Map<String, Object> described(KeySpec spec, String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description);
        spec.defaultValue().ifPresent(value -> schema.put("default", literal(spec, value)));
        schema.putAll(value(spec));
        return schema;
    }

    private Map<String, Object> value(KeySpec spec) {
        return switch (spec.type()) {
            case BLOCK -> block(spec.keys());
            case STRINGS -> {
                Map<String, Object> list = new LinkedHashMap<>();
                list.put(TYPE, List.of("array", "null"));
                list.put("items", orPlaceholder(string(spec)));
                yield list;
            }
            case STRING -> orPlaceholder(string(spec));
            case SOURCE_STRING -> orPlaceholder(source(spec));
            case BOOLEAN -> orPlaceholder(Map.of(TYPE, "boolean"));
            case INTEGER -> orPlaceholder(number(spec, "integer"));
            case NUMBER -> orPlaceholder(number(spec, "number"));
        };
    }

    private Map<String, Object> orPlaceholder(Map<String, Object> schema) {
        boolean takesAll = schema.equals(Map.of(TYPE, STRING)) || schema.get(TYPE) instanceof List;
        return placeholders && !takesAll ? Map.of(ANY_OF, List.of(schema, TO_PLACEHOLDER)) : schema;
    }

    private static Map<String, Object> string(KeySpec spec) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (spec.choices().isEmpty()) {
            schema.put(TYPE, STRING);
        } else {
            schema.put("enum", List.copyOf(spec.choices().keySet()));
        }
        spec.format().ifPresent(f -> schema.put("pattern", whole(f.pattern())));
        return schema;
    }

    /** A dollar will not do for the end: some engines let it match before a last line feed. */
    private static String whole(Pattern pattern) {
        return "^(?:" + pattern.pattern() + ")(?![\\s\\S])";
    }

    /**
     * What YAML reads as a number or a truth value is a string here, by its source. The schema sees
     * the value alone: so a number passes whatever the format, unless none of the choices is one.
     */
    private static Map<String, Object> source(KeySpec spec) {
        List<String> others =
                Stream.of("boolean", "number").filter(type -> mayBe(spec, type)).toList();
        if (spec.choices().isEmpty() && spec.format().isEmpty()) {
            List<String> all = new ArrayList<>(List.of(STRING));
            all.addAll(others);
            return Map.of(TYPE, all);
        }
        return others.isEmpty()
                ? string(spec)
                : Map.of(ANY_OF, List.of(string(spec), Map.of(TYPE, others)));
    }

    private static boolean mayBe(KeySpec spec, String type) {
        boolean truth = type.equals("boolean");
        if (!spec.choices().isEmpty()) {
            return spec.choices().keySet().stream().anyMatch(choice -> is(choice, truth));
        }
        return !truth
                || spec.format().isEmpty()
                || Stream.of("true", "True", "TRUE", "false", "False", "FALSE")
                        .anyMatch(word -> spec.format().get().pattern().matcher(word).matches());
    }

    private static boolean is(String text, boolean truth) {
        Tag tag = CoreTags.resolve(text);
        return truth ? tag.equals(Tag.BOOL) : tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
    }

    /**
     * Bounds stand even where the spec has none: the reader takes no infinity and no big number.
     */
    private static Map<String, Object> number(KeySpec spec, String type) {
        boolean whole = spec.type() == KeySpec.Type.INTEGER;
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(TYPE, type);
        Range range = spec.range().orElse(FINITE);
        boolean unbounded = whole && spec.range().isEmpty();
        schema.put("minimum", unbounded ? Long.MIN_VALUE : plain(range.minimum()));
        schema.put("maximum", unbounded ? Long.MAX_VALUE : plain(range.greatest()));
        return schema;
    }

    /** Without an exponent where that is short. */
    private static Object plain(double bound) {
        boolean whole = bound == Math.rint(bound) && Math.abs(bound) < LARGE;
        return whole ? (Object) (long) bound : (Object) BigDecimal.valueOf(bound);
    }

    private static Object literal(KeySpec spec, String value) {
        return switch (spec.type()) {
            case INTEGER, NUMBER -> new BigDecimal(value);
            case BOOLEAN -> Boolean.valueOf(value);
            default -> value;
        };
    }

    private static List<String> spellings(KeySpec spec) {
        return Stream.concat(Stream.of(spec.name()), spec.aliases().stream())
                .collect(Collectors.toList());
    }

    private static Map<String, Object> present(String key) {
        return Map.of("required", List.of(key));
    }

    /** No two spellings of one key beside each other. */
    private static List<Object> exclusions(List<String> spellings) {
        List<Object> rules = new ArrayList<>();
        for (int i = 0; i < spellings.size(); i++) {
            for (int j = i + 1; j < spellings.size(); j++) {
                List<String> pair = List.of(spellings.get(i), spellings.get(j));
                rules.add(Map.of("not", Map.of("required", pair)));
            }
        }
        return rules;
    }

    private static Map<String, Object> placeholder() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", "A string with a placeholder, {{key}} or {{key:default}}.");
        schema.put(TYPE, STRING);
        schema.put("pattern", "\\{\\{");
        return schema;
    }
}
