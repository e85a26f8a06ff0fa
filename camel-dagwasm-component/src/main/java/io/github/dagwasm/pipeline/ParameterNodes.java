package io.github.dagwasm.pipeline;

import io.github.dagwasm.pipeline.ProcessorParameters.Parameter;
import io.github.dagwasm.spi.KeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Makes of parameters the tree that the same pipeline in a file has, so that one reader holds both
 * against the specs. Only what no tree can show has its fault here: a parameter for a key that
 * there is not, and one that is given twice. One object for each; used by one thread.
 */
final class ParameterNodes {

    /** The keys that processors of all backends have and that parameters may give. */
    private static final Set<String> GENERIC =
            Set.of(PipelineKeys.TIMEOUT_SECONDS, PipelineKeys.RETRY_ATTEMPTS);

    private static final Set<String> TOP = Set.of(PipelineKeys.MAX_INPUT_BYTES);

    private final Reading reading;
    private final ProcessorParameters parameters;
    private final Optional<ProcessorKeys> known;
    private final List<KeySpec> processorSpecs;
    private final List<KeySpec> topSpecs;
    private final Map<String, Object> top = new LinkedHashMap<>();
    private final Map<String, Object> processor = new LinkedHashMap<>();
    private final Map<String, Integer> given = new HashMap<>();

    private ParameterNodes(Reading reading, ProcessorParameters parameters) {
        this.reading = reading;
        this.parameters = parameters;
        PipelineKeys keys = reading.keys();
        known = Optional.ofNullable(keys.byBackend().get(parameters.backend()));
        processorSpecs =
                Stream.concat(
                                known.map(ProcessorKeys::own).orElse(List.of()).stream(),
                                keys.generic().stream().filter(s -> GENERIC.contains(s.name())))
                        .toList();
        topSpecs = keys.top().stream().filter(s -> TOP.contains(s.name())).toList();
    }

    /** The tree, without marks. */
    static MappingNode of(Reading reading, ProcessorParameters parameters) {
        return new ParameterNodes(reading, parameters).pipeline();
    }

    private MappingNode pipeline() {
        processor.put(PipelineKeys.ID.name(), string(parameters.id()));
        processor.put(PipelineKeys.BACKEND, string(parameters.backend()));
        for (Parameter parameter : parameters.keys()) {
            if (isFirst(parameter.key())) {
                putKey(parameter);
            }
        }
        processor.put(PipelineKeys.OPTIONS, options());
        Node list = new SequenceNode(Tag.SEQ, List.of(mapping(processor)), FlowStyle.BLOCK);
        top.put(PipelineKeys.PROCESSORS, list);
        return mapping(top);
    }

    private void putKey(Parameter parameter) {
        List<String> path = Arrays.asList(parameter.key().split("\\.", -1));
        Optional<KeySpec> ofProcessor = spec(processorSpecs, path);
        Optional<KeySpec> ofTop = spec(topSpecs, path);
        if (ofProcessor.isPresent()) {
            put(processor, path, node(ofProcessor.get(), parameter.value()));
        } else if (ofTop.isPresent()) {
            put(top, path, node(ofTop.get(), parameter.value()));
        } else if (known.isPresent()) {
            fault(
                    parameter.key(),
                    "processors of backend " + parameters.backend() + " have no such option");
        }
    }

    private MappingNode options() {
        List<KeySpec> specs = known.map(keys -> keys.options(choice(keys))).orElse(List.of());
        Map<String, Object> options = new LinkedHashMap<>();
        for (Parameter option : parameters.options()) {
            if (isFirst(BlockReader.inside(PipelineKeys.OPTIONS, option.key()))) {
                Optional<KeySpec> spec = spec(specs, List.of(option.key()));
                String value = option.value();
                options.put(option.key(), spec.map(s -> node(s, value)).orElse(string(value)));
            }
        }
        return mapping(options);
    }

    /** What the key says whose value brings options along. */
    private Optional<String> choice(ProcessorKeys keys) {
        return keys.chooser()
                .flatMap(
                        chooser ->
                                parameters.keys().stream()
                                        .filter(p -> isSpelling(chooser, p.key()))
                                        .findFirst()
                                        .map(Parameter::value));
    }

    /** Of several values for one key the first stands, and the others are one fault. */
    private boolean isFirst(String path) {
        int count = given.merge(path, 1, Integer::sum);
        if (count == 2) {
            fault(path, "found more than one value; expected one");
        }
        return count == 1;
    }

    private void fault(String path, String problem) {
        reading.faults().add(Position.NOWHERE, Phrases.bare(path), problem);
    }

    /** The spec at the end of a path, if that is a value. */
    private static Optional<KeySpec> spec(List<KeySpec> specs, List<String> path) {
        Optional<KeySpec> first =
                specs.stream().filter(spec -> isSpelling(spec, path.get(0))).findFirst();
        return path.size() == 1
                ? first.filter(spec -> spec.type() != KeySpec.Type.BLOCK)
                : first.flatMap(spec -> spec(spec.keys(), path.subList(1, path.size())));
    }

    private static boolean isSpelling(KeySpec spec, String word) {
        return spec.name().equals(word) || spec.aliases().contains(word);
    }

    @SuppressWarnings("unchecked") // a path that leads through a block never ends at it
    private static void put(Map<String, Object> block, List<String> path, Node node) {
        Map<String, Object> at = block;
        for (String name : path.subList(0, path.size() - 1)) {
            at = (Map<String, Object>) at.computeIfAbsent(name, n -> new LinkedHashMap<>());
        }
        at.put(path.get(path.size() - 1), node);
    }

    @SuppressWarnings("unchecked") // the blocks above are made of nothing else
    private static MappingNode mapping(Map<String, Object> block) {
        List<NodeTuple> tuples = new ArrayList<>();
        block.forEach(
                (key, value) ->
                        tuples.add(
                                new NodeTuple(
                                        string(key),
                                        value instanceof Node node
                                                ? node
                                                : mapping((Map<String, Object>) value))));
        return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }

    private static Node node(KeySpec spec, String value) {
        return switch (spec.type()) {
            case INTEGER, NUMBER, BOOLEAN ->
                    new ScalarNode(CoreTags.resolve(value), value, ScalarStyle.PLAIN);
            case STRINGS -> new SequenceNode(Tag.SEQ, items(value), FlowStyle.FLOW);
            case STRING, SOURCE_STRING, BLOCK -> string(value);
        };
    }

    private static List<Node> items(String value) {
        return value.isBlank()
                ? List.of()
                : ListItems.of(value).stream().<Node>map(ParameterNodes::string).toList();
    }

    private static ScalarNode string(String value) {
        return new ScalarNode(Tag.STR, value, ScalarStyle.DOUBLE_QUOTED);
    }
}
