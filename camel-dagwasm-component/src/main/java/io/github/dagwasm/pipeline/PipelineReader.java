package io.github.dagwasm.pipeline;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.pipeline.BlockReader.Entry;
import io.github.dagwasm.pipeline.ProcessorReader.Draft;
import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.ResourceFolder;
import io.github.dagwasm.text.GuestText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads pipeline files. A file with faults is refused with all of them at once, each at its place;
 * only what keeps a file from being read as YAML at all (it is missing, too large, not UTF-8, or
 * its syntax is wrong) is reported alone. Immutable and safe for use by any number of threads.
 */
public final class PipelineReader {

    private static final int SHOWN = 200;

    private final PipelineKeys keys;
    private final Placeholders placeholders;

    /**
     * Creates a reader.
     *
     * @param backends the backends that processors may name
     * @param placeholders what placeholders stand for
     * @throws IllegalArgumentException if there is no backend, or if a key means two things
     */
    public PipelineReader(Collection<? extends Backend> backends, Placeholders placeholders) {
        this.keys = new PipelineKeys(backends);
        this.placeholders = Objects.requireNonNull(placeholders, "placeholders");
    }

    /**
     * Reads a file.
     *
     * @param file its path; faults name it as it is given here
     * @return the pipeline
     * @throws PipelineFileException if the file cannot be read or has faults
     */
    public PipelineDefinition read(Path file) {
        Optional<ResourceFolder> directory =
                Optional.ofNullable(file.toAbsolutePath().getParent()).map(ResourceFolder::of);
        Reading reading = reading(file.toString(), directory);
        return read(reading, YamlText.decode(bytes(file, reading.faults()), reading.faults()));
    }

    /**
     * Reads a pipeline whose bytes are at hand, from the class path for instance.
     *
     * @param file what faults call it, and what the pipeline's name is made of
     * @param utf8 its bytes
     * @param directory where relative resources are looked for first
     * @return the pipeline
     * @throws PipelineFileException if the file has faults
     */
    public PipelineDefinition read(String file, byte[] utf8, Optional<ResourceFolder> directory) {
        Reading reading = reading(file, directory);
        return read(reading, YamlText.decode(utf8, reading.faults()));
    }

    /**
     * Reads a pipeline whose text is at hand.
     *
     * @param file what faults call it, and what the pipeline's name is made of
     * @param yaml its text
     * @param directory where relative resources are looked for first
     * @return the pipeline
     * @throws PipelineFileException if the text has faults
     */
    public PipelineDefinition read(String file, String yaml, Optional<ResourceFolder> directory) {
        return read(reading(file, directory), yaml);
    }

    /**
     * Reads a pipeline of one processor that was written without a file. It is held against the
     * same specs as a file; placeholders are not resolved.
     *
     * @param parameters what was written
     * @return the pipeline
     * @throws PipelineFileException if the parameters have faults: all of them, without lines, each
     *     by the name that the user knows
     */
    public PipelineDefinition read(ProcessorParameters parameters) {
        Reading reading = Reading.of(Source.of(parameters), keys, Placeholders.RESOLVED);
        return read(reading, ParameterNodes.of(reading, parameters));
    }

    private Reading reading(String file, Optional<ResourceFolder> directory) {
        return Reading.of(Source.of(file, directory), keys, placeholders);
    }

    private PipelineDefinition read(Reading reading, String yaml) {
        return read(reading, YamlText.compose(yaml, reading.faults()));
    }

    private PipelineDefinition read(Reading reading, MappingNode root) {
        Position at = Position.of(root.getStartMark());
        Map<String, Entry> entries = reading.blocks().entries(root, "", keys.top(), false);
        List<KeySpec> plain =
                keys.top().stream().filter(s -> !s.name().equals(PipelineKeys.PROCESSORS)).toList();
        KeyValues top = reading.blocks().read(entries, plain, "", true);
        for (String missing : BlockReader.missing(entries, keys.top())) {
            reading.faults().add(at, "", "the pipeline needs '" + missing + "'");
        }
        List<Draft> drafts = processors(reading, entries);
        new BackendChecks(reading, entries, settings(top)).check(drafts);
        TimeoutOfAll.find(entries).ifPresent(timeout -> timeout.check(reading, drafts, top));
        Optional<Graph> graph = graph(reading, entries, drafts, top);
        if (!reading.faults().none()) {
            throw reading.faults().exception();
        }
        Map<String, Position> positions = new HashMap<>();
        entries.forEach((name, entry) -> positions.put(name, entry.at()));
        return new PipelineDefinition(
                reading.source(),
                top,
                settings(top),
                drafts.stream().map(Draft::node).toList(),
                graph.orElseThrow(),
                at,
                positions);
    }

    private static List<Draft> processors(Reading reading, Map<String, Entry> entries) {
        Entry entry = entries.get(PipelineKeys.PROCESSORS);
        List<Draft> drafts = new ArrayList<>();
        if (entry == null) {
            return drafts;
        }
        if (!(entry.value() instanceof SequenceNode list && list.getTag().equals(Tag.SEQ))) {
            String found = Found.describe(entry.value());
            String problem = "found " + found + "; expected a list of processors";
            reading.faults().add(entry.at(), PipelineKeys.PROCESSORS, problem);
            return drafts;
        }
        List<Node> nodes = list.getValue();
        if (nodes.isEmpty()) {
            String problem = "found no processor; expected at least one";
            reading.faults().add(entry.at(), PipelineKeys.PROCESSORS, problem);
        }
        for (int index = 0; index < nodes.size(); index++) {
            ProcessorReader.read(reading, nodes.get(index), index).ifPresent(drafts::add);
        }
        return drafts;
    }

    private static Optional<Graph> graph(
            Reading reading, Map<String, Entry> entries, List<Draft> drafts, KeyValues top) {
        GraphReader reader = new GraphReader(reading, drafts);
        Optional<Graph> graph = reader.read();
        if (!drafts.isEmpty()) {
            top.string(PipelineKeys.OUTPUT)
                    .ifPresent(
                            id ->
                                    reader.checkReference(
                                            id,
                                            entries.get(PipelineKeys.OUTPUT).at(),
                                            PipelineKeys.OUTPUT));
        }
        return graph;
    }

    private Map<String, KeyValues> settings(KeyValues top) {
        Map<String, KeyValues> settings = new HashMap<>();
        for (String backend : keys.settings()) {
            if (top.has(backend)) {
                settings.put(backend, top.block(backend));
            }
        }
        return settings;
    }

    private static byte[] bytes(Path file, Faults faults) {
        if (Files.notExists(file)) {
            String place = file.isAbsolute() ? "" : "; expected it at " + file.toAbsolutePath();
            throw faults.fatal(Position.START, "no such file" + place);
        }
        if (Files.isDirectory(file)) {
            throw faults.fatal(Position.START, "found a folder; expected a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(YamlText.MAX_SIZE + 1);
        } catch (AccessDeniedException e) {
            throw faults.fatal(Position.START, "no permission to read the file");
        } catch (IOException e) {
            String problem = GuestText.escape(String.valueOf(e.getMessage()), SHOWN);
            throw faults.fatal(Position.START, "the file cannot be read: " + problem);
        }
    }
}
