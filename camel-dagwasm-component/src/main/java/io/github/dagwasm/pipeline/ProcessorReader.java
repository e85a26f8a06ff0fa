package io.github.dagwasm.pipeline;

import io.github.dagwasm.pipeline.BlockReader.Entry;
import io.github.dagwasm.pipeline.ValueReader.Item;
import io.github.dagwasm.pipeline.ValueReader.Value;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.Merge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one entry of {@code processors:}. One object for each; used by one thread. */
final class ProcessorReader {

    /** The generic keys that are more than a value: the others are read in one go. */
    private static final Set<String> READ_APART =
            Set.of(
                    PipelineKeys.ID.name(),
                    PipelineKeys.BACKEND,
                    PipelineKeys.DEPENDS_ON,
                    PipelineKeys.OPTIONS);

    private final Reading reading;
    private final int index;
    private final String where;
    private final Position at;
    private final Optional<String> backend;
    private final Optional<ProcessorKeys> known;
    private final Map<String, Entry> entries;
    private final Optional<String> id;
    private final Map<String, Position> positions = new HashMap<>();

    private ProcessorReader(Reading reading, MappingNode block, int index) {
        this.reading = reading;
        this.index = index;
        where = ProcessorNode.where(index);
        at = Position.of(block.getStartMark());
        backend = reading.blocks().find(block, reading.keys().backend()).flatMap(this::string);
        known = backend.map(reading.keys().byBackend()::get);
        // Without a backend nobody can say which other keys are right.
        entries = reading.blocks().entries(block, where, withOptions(block), known.isEmpty());
        entries.forEach((name, entry) -> positions.put(name, entry.at()));
        id = Optional.ofNullable(entries.get(PipelineKeys.ID.name())).flatMap(this::id);
    }

    /**
     * A processor as far as it could be read.
     *
     * @param node the processor; its id is empty if it has none
     * @param shownId its id as messages have it
     * @param dependencies its dependencies, with their places
     * @param complete whether these are all that are written
     */
    record Draft(ProcessorNode node, String shownId, List<Item> dependencies, boolean complete) {

        Position at(String key) {
            return node.positions().getOrDefault(key, node.position());
        }

        boolean has(String key) {
            return node.positions().containsKey(key);
        }
    }

    /** The processor, empty where there is not even a block of keys. */
    static Optional<Draft> read(Reading reading, Node node, int index) {
        Optional<MappingNode> block = BlockReader.mapping(node);
        if (block.isEmpty()) {
            Position at = Position.of(node.getStartMark());
            KeySpec spec = KeySpec.block(PipelineKeys.PROCESSORS, "", List.of());
            reading.values().mismatch(spec, new Value(node, at, ProcessorNode.where(index), true));
        }
        return block.map(mapping -> new ProcessorReader(reading, mapping, index).draft());
    }

    private Draft draft() {
        for (String missing : BlockReader.missing(entries, specs())) {
            needs(missing);
        }
        KeyValues generic = values(reading.keys().generic());
        KeyValues own = values(known.map(ProcessorKeys::own).orElse(List.of()));
        RetryKeys.check(reading, entries, generic, where);
        List<Item> dependencies = dependencies();
        KeyValues options = known.map(keys -> options(keys, generic, own)).orElse(KeyValues.NONE);
        return new Draft(
                node(generic, own, dependencies, options),
                shownId().orElse(""),
                dependencies,
                isComplete(dependencies));
    }

    private List<KeySpec> specs() {
        return known.map(ProcessorKeys::all).orElse(reading.keys().generic());
    }

    /** The specs, that of the options with those of the processor that is chosen. */
    private List<KeySpec> withOptions(MappingNode block) {
        List<KeySpec> options =
                known.map(keys -> keys.options(keys.chooser().flatMap(key -> text(block, key))))
                        .orElse(List.of());
        return specs().stream()
                .map(
                        spec ->
                                spec.name().equals(PipelineKeys.OPTIONS)
                                        ? KeySpec.block(spec.name(), spec.description(), options)
                                        : spec)
                .toList();
    }

    private Optional<String> text(MappingNode block, KeySpec key) {
        return reading.blocks()
                .find(block, key)
                .filter(entry -> entry.value() instanceof ScalarNode)
                .map(entry -> ((ScalarNode) entry.value()).getValue());
    }

    private KeyValues values(List<KeySpec> specs) {
        List<KeySpec> plain = specs.stream().filter(s -> !READ_APART.contains(s.name())).toList();
        return reading.blocks().read(entries, plain, where, true);
    }

    private List<Item> dependencies() {
        Entry entry = entries.get(PipelineKeys.DEPENDS_ON);
        if (entry == null) {
            return List.of();
        }
        List<Item> items = reading.values().items(entry.spec(), value(entry, true));
        for (Item item : items) {
            positions.put(PipelineKeys.DEPENDS_ON + "[" + item.index() + "]", item.at());
        }
        return items;
    }

    private boolean isComplete(List<Item> dependencies) {
        Entry entry = entries.get(PipelineKeys.DEPENDS_ON);
        return entry == null
                || ValueReader.isNull(entry.value())
                || ValueReader.sizeOf(entry.value()) == dependencies.size();
    }

    private KeyValues options(ProcessorKeys keys, KeyValues generic, KeyValues own) {
        Optional<KeySpec> chooser = keys.chooser();
        Optional<String> choice = chooser.flatMap(key -> own.string(key.name()));
        if (choice.isEmpty() && chooser.filter(k -> k.required() || isWritten(k)).isPresent()) {
            // That is a fault already; which options are right depends on its correction.
            return KeyValues.NONE;
        }
        return options(
                keys.options(choice), generic.bool(PipelineKeys.RESOLVE.name()).orElse(false));
    }

    private KeyValues options(List<KeySpec> specs, boolean resolve) {
        Entry entry = entries.get(PipelineKeys.OPTIONS);
        if (entry == null) {
            for (String missing : BlockReader.missing(Map.of(), specs)) {
                needs(BlockReader.inside(PipelineKeys.OPTIONS, missing));
            }
            return KeyValues.NONE;
        }
        BlockReader.mapping(entry.value()).ifPresent(block -> placeOptions(block, specs));
        return reading.blocks().block(value(entry, resolve), specs, entry.spec().name());
    }

    private void placeOptions(MappingNode block, List<KeySpec> specs) {
        for (KeySpec spec : specs) {
            reading.blocks()
                    .find(block, spec)
                    .ifPresent(
                            option ->
                                    positions.put(
                                            BlockReader.inside(PipelineKeys.OPTIONS, spec.name()),
                                            option.at()));
        }
    }

    private boolean isWritten(KeySpec spec) {
        return entries.containsKey(spec.name());
    }

    private ProcessorNode node(
            KeyValues generic, KeyValues own, List<Item> dependencies, KeyValues options) {
        return new ProcessorNode(
                index,
                id.orElse(""),
                backend.orElse(""),
                generic.string(PipelineKeys.MERGE)
                        .map(key -> PipelineKeys.constant(Merge.values(), Merge::key, key)),
                generic.string(PipelineKeys.MERGE_SEPARATOR)
                        .orElse(ProcessorNode.DEFAULT_MERGE_SEPARATOR),
                generic.bool(PipelineKeys.REQUIRED).orElse(false),
                generic.number(PipelineKeys.TIMEOUT_SECONDS).map(Numbers::duration),
                RetryKeys.retry(generic),
                dependencies.stream().map(Item::text).toList(),
                own,
                options,
                at,
                positions);
    }

    /** Even an id with a fault is the name by which others mean this processor. */
    private Optional<String> id(Entry entry) {
        Optional<String> written =
                entry.value() instanceof ScalarNode scalar && !scalar.getValue().isEmpty()
                        ? Optional.of(scalar.getValue())
                        : Optional.empty();
        return string(entry).or(() -> written);
    }

    private void needs(String missing) {
        String problem = reading.source().wording().needs(label(), where, missing);
        reading.faults().add(at, where, problem);
    }

    private Optional<String> shownId() {
        return id.map(text -> shown(PipelineKeys.ID.name(), text));
    }

    /** The text of a key as messages have it: with its placeholders. */
    private String shown(String key, String text) {
        String written = entries.get(key).written();
        return reading.values().uses().shown(BlockReader.inside(where, written), text);
    }

    /** What the fault of a missing key calls the processor. */
    private String label() {
        String kind =
                backend.map(name -> " (backend " + shown(PipelineKeys.BACKEND, name) + ")")
                        .orElse("");
        return shownId().map(name -> "processor " + Phrases.quoted(name)).orElse("the processor")
                + kind;
    }

    private Optional<String> string(Entry entry) {
        return reading.values().read(entry.spec(), value(entry, true)).map(String.class::cast);
    }

    private Value value(Entry entry, boolean resolve) {
        String inside = BlockReader.inside(where, entry.written());
        return new Value(entry.value(), entry.at(), inside, resolve);
    }
}
