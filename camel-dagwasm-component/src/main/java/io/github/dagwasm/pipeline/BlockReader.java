package io.github.dagwasm.pipeline;

import io.github.dagwasm.pipeline.ValueReader.Value;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.Written;
import io.github.dagwasm.text.Suggestions;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Holds one block of keys against its specs. Used by one thread, for one file. */
final class BlockReader {

    private final Faults faults;
    private final Suggestions suggestions;
    private final ValueReader values;
    private final Wording wording;

    BlockReader(Faults faults, Suggestions suggestions, ValueReader values, Wording wording) {
        this.faults = faults;
        this.suggestions = suggestions;
        this.values = values;
        this.wording = wording;
    }

    /**
     * A key that is known, with its value.
     *
     * @param spec what is known of it
     * @param written how it is spelt
     * @param value its value
     * @param at where the value stands, or the key if there is none
     */
    record Entry(KeySpec spec, String written, Node value, Position at) {}

    /** The node as a block, empty where it is none. */
    static Optional<MappingNode> mapping(Node node) {
        return node instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)
                ? Optional.of(mapping)
                : Optional.empty();
    }

    /** A key of a block that has not been held against all its specs yet. */
    Optional<Entry> find(MappingNode block, KeySpec spec) {
        return block.getValue().stream()
                .filter(tuple -> spellings(spec).anyMatch(word(tuple)::equals))
                .findFirst()
                .map(tuple -> entry(spec, tuple));
    }

    /**
     * The keys of a block by the names of their specs. Unknown and repeated keys have their faults.
     *
     * @param alsoKnown whether a key without a spec is let pass
     */
    Map<String, Entry> entries(
            MappingNode block, String where, List<KeySpec> specs, boolean alsoKnown) {
        Map<String, KeySpec> bySpelling = new LinkedHashMap<>();
        specs.forEach(spec -> spellings(spec).forEach(word -> bySpelling.put(word, spec)));
        Map<String, Position> written = new HashMap<>();
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : block.getValue()) {
            Position keyAt = Position.of(tuple.getKeyNode().getStartMark());
            values.visit(keyAt);
            if (!(tuple.getKeyNode() instanceof ScalarNode)) {
                faults.add(
                        keyAt,
                        where,
                        "found " + Found.describe(tuple.getKeyNode()) + "; expected a key");
                continue;
            }
            String word = word(tuple);
            KeySpec spec = bySpelling.get(word);
            Position first = written.putIfAbsent(word, keyAt);
            if (first != null) {
                faults.add(keyAt, where, repeated(word, first));
            } else if (spec == null) {
                if (!alsoKnown) {
                    unknown(word, keyAt, where, bySpelling);
                }
            } else if (entries.containsKey(spec.name())) {
                String other = entries.get(spec.name()).written();
                faults.add(keyAt, wording.placeOf(where, word), sameMeaning(other, word));
            } else {
                entries.put(spec.name(), entry(spec, tuple));
            }
        }
        return entries;
    }

    /** The values of those entries that have one of the specs. */
    KeyValues read(
            Map<String, Entry> entries, Collection<KeySpec> specs, String where, boolean resolve) {
        Map<String, Object> read = new LinkedHashMap<>();
        Map<String, Written> written = new HashMap<>();
        for (KeySpec spec : specs) {
            Entry entry = entries.get(spec.name());
            if (entry != null) {
                String inside = inside(where, entry.written());
                value(entry, inside, resolve)
                        .ifPresent(
                                value -> {
                                    read.put(spec.name(), value);
                                    written.putAll(written(spec.name(), inside, value));
                                });
            }
        }
        return new KeyValues(read, written);
    }

    private Map<String, Written> written(String name, String path, Object value) {
        Map<String, Written> written = new HashMap<>();
        values.uses().written(path).ifPresent(one -> written.put(name, one));
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                String index = "[" + i + "]";
                values.uses()
                        .written(path + index)
                        .ifPresent(one -> written.put(name + index, one));
            }
        }
        return written;
    }

    /** The values of a block within a block. */
    KeyValues block(Value value, List<KeySpec> specs, String name) {
        Optional<MappingNode> mapping = mapping(value.node());
        if (mapping.isEmpty() && !ValueReader.isNull(value.node())) {
            values.mismatch(KeySpec.block(name, "", specs), value);
            return KeyValues.NONE;
        }
        Map<String, Entry> entries =
                mapping.map(block -> entries(block, value.where(), specs, false)).orElse(Map.of());
        for (String missing : missing(entries, specs)) {
            String problem = wording.needs("'" + name + "'", value.where(), missing);
            faults.add(value.at(), value.where(), problem);
        }
        return read(entries, specs, value.where(), value.resolve());
    }

    static List<String> missing(Map<String, Entry> entries, Collection<KeySpec> specs) {
        return specs.stream()
                .filter(spec -> spec.required() && !entries.containsKey(spec.name()))
                .map(KeySpec::name)
                .toList();
    }

    static String inside(String where, String key) {
        return where.isEmpty() ? key : where + "." + key;
    }

    private Optional<Object> value(Entry entry, String where, boolean resolve) {
        KeySpec spec = entry.spec();
        Value value = new Value(entry.value(), entry.at(), where, resolve);
        return spec.type() == KeySpec.Type.BLOCK
                ? Optional.of(block(value, spec.keys(), spec.name()))
                : values.read(spec, value);
    }

    private void unknown(String word, Position at, String where, Map<String, KeySpec> specs) {
        Collection<String> known = specs.keySet();
        String hint =
                blockWith(word, specs.values())
                        .map(block -> "; write it under '" + block + "'")
                        .orElseGet(() -> Phrases.hint(suggestions.nearest(word, known), known));
        String problem = "unknown " + wording.noun() + " " + Phrases.quoted(word) + hint;
        faults.add(at, wording.placeOf(where, word), problem);
    }

    /** The path of the block, among those that may stand here, to which the key belongs. */
    private static Optional<String> blockWith(String key, Collection<KeySpec> specs) {
        for (KeySpec block : specs) {
            Optional<String> within =
                    block.keys().stream().flatMap(BlockReader::spellings).anyMatch(key::equals)
                            ? Optional.of(block.name())
                            : blockWith(key, block.keys()).map(path -> inside(block.name(), path));
            if (within.isPresent()) {
                return within;
            }
        }
        return Optional.empty();
    }

    static String repeated(String word, Position first) {
        return "key "
                + Phrases.quoted(word)
                + " is written twice; the first is in line "
                + first.line();
    }

    private static String sameMeaning(String one, String other) {
        return "'" + one + "' and '" + other + "' mean the same; expected one of them";
    }

    private static Entry entry(KeySpec spec, NodeTuple tuple) {
        Node value = tuple.getValueNode();
        boolean nothing =
                value instanceof ScalarNode scalar
                        && scalar.isPlain()
                        && scalar.getValue().isEmpty();
        Node place = nothing ? tuple.getKeyNode() : value;
        return new Entry(spec, word(tuple), value, Position.of(place.getStartMark()));
    }

    private static Stream<String> spellings(KeySpec spec) {
        return Stream.concat(Stream.of(spec.name()), spec.aliases().stream());
    }

    static String word(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
