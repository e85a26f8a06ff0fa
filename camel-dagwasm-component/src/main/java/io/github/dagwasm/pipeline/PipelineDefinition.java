package io.github.dagwasm.pipeline;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ResourceFolder;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.spi.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline, of a file or of parameters, that was found to be without fault: its processors, their
 * graph, and where in the file each thing stands. Immutable and safe for use by any number of
 * threads.
 */
public final class PipelineDefinition {

    /** The largest input of a run where the file does not say: 10 MiB. */
    public static final long DEFAULT_MAX_INPUT_BYTES = 10L << 20;

    private final Source source;
    private final KeyValues top;
    private final KeyValues executorOptions;
    private final Map<String, KeyValues> settings;
    private final List<ProcessorNode> processors;
    private final Graph graph;
    private final Position position;
    private final Map<String, Position> positions;

    /**
     * What the reader found.
     *
     * @param top the values of the keys at the top, but for the processors
     * @param settings the values of the backends' blocks, by the names of the backends
     * @param position where the pipeline begins
     * @param positions where the values of the keys at the top stand
     */
    PipelineDefinition(
            Source source,
            KeyValues top,
            Map<String, KeyValues> settings,
            List<ProcessorNode> processors,
            Graph graph,
            Position position,
            Map<String, Position> positions) {
        this.source = source;
        this.top = top;
        this.executorOptions = top.block(PipelineKeys.EXECUTOR_OPTIONS);
        this.settings = Map.copyOf(settings);
        this.processors = List.copyOf(processors);
        this.graph = graph;
        this.position = position;
        this.positions = Map.copyOf(positions);
    }

    /**
     * The pipeline's name.
     *
     * @return the file's name without folders and without {@code .dagwasm.yaml}, {@code .yaml} or
     *     {@code .yml}; the processor's id where there is no file
     */
    public String name() {
        return source.name();
    }

    /**
     * The file.
     *
     * @return its path or name, as the user gave it; the source of the parameters where there is no
     *     file
     */
    public String file() {
        return source.file();
    }

    /**
     * The folder that the file is in: relative resources are looked for there first.
     *
     * @return the folder, empty where the pipeline was not read from a file
     */
    public Optional<ResourceFolder> directory() {
        return source.directory();
    }

    /**
     * When a processor that may run does run.
     *
     * @return the strategy, {@link Strategy#WORK_QUEUE} where the file does not say
     */
    public Strategy strategy() {
        return top.string(PipelineKeys.STRATEGY)
                .map(key -> PipelineKeys.constant(Strategy.values(), Strategy::key, key))
                .orElse(Strategy.WORK_QUEUE);
    }

    /**
     * What the failure of one processor means.
     *
     * @return the strategy, {@link FailureStrategy#FAIL_FAST} where the file does not say
     */
    public FailureStrategy failureStrategy() {
        return top.string(PipelineKeys.FAILURE_STRATEGY)
                .map(
                        key ->
                                PipelineKeys.constant(
                                        FailureStrategy.values(), FailureStrategy::key, key))
                .orElse(FailureStrategy.FAIL_FAST);
    }

    /**
     * How many processors of one run may run at once.
     *
     * @return a number from 1, empty where the file does not say
     */
    public Optional<Integer> maxConcurrency() {
        return executorOptions.integer(PipelineKeys.MAX_CONCURRENCY).map(Math::toIntExact);
    }

    /**
     * How long each try of each processor may take that has no timeout of its own.
     *
     * @return the timeout, empty where the file does not say
     */
    public Optional<Duration> timeout() {
        return executorOptions.number(PipelineKeys.TIMEOUT_SECONDS).map(Numbers::duration);
    }

    /**
     * How long a whole run may take.
     *
     * @return the timeout, empty for none
     */
    public Optional<Duration> runTimeout() {
        return executorOptions.number(PipelineKeys.RUN_TIMEOUT_SECONDS).map(Numbers::duration);
    }

    /**
     * Further tries after a retryable failure, for processors that do not say themselves.
     *
     * @return the number of further tries, 0 where the file does not say
     */
    public int retryAttempts() {
        return executorOptions.integer(PipelineKeys.RETRY_ATTEMPTS).map(Math::toIntExact).orElse(0);
    }

    /**
     * The largest input of a run.
     *
     * @return bytes of UTF-8, {@link #DEFAULT_MAX_INPUT_BYTES} where the file does not say
     */
    public long maxInputBytes() {
        return top.integer(PipelineKeys.MAX_INPUT_BYTES).orElse(DEFAULT_MAX_INPUT_BYTES);
    }

    /**
     * Whether warnings are faults.
     *
     * @return true if the file says so
     */
    public boolean strict() {
        return top.bool(PipelineKeys.STRICT).orElse(false);
    }

    /**
     * The processor whose text becomes the body.
     *
     * @return the id of a processor, empty where the file does not say
     */
    public Optional<String> output() {
        return top.string(PipelineKeys.OUTPUT);
    }

    /**
     * Where a route made of this file gets its messages.
     *
     * @return an endpoint URI, empty where the file does not say
     */
    public Optional<String> from() {
        return top.string(RouteKeys.FROM);
    }

    /**
     * Where a route made of this file sends what comes out.
     *
     * @return an endpoint URI, empty where the file does not say
     */
    public Optional<String> to() {
        return top.string(RouteKeys.TO);
    }

    /**
     * Which of Camel's route configurations holds for a route made of this file.
     *
     * @return the id of a route configuration, empty where the file does not say
     */
    public Optional<String> routeConfiguration() {
        return top.string(RouteKeys.ROUTE_CONFIGURATION);
    }

    /**
     * A value at the top of the file as it was written.
     *
     * @param key the key, as in {@code from}
     * @return its text with placeholders, empty where it has none or is absent
     */
    public Optional<Written> written(String key) {
        return top.written(key);
    }

    /**
     * Whether a route made of this file also sets metadata as plain headers, which transports let
     * through.
     *
     * @return true if the file says so
     */
    public boolean metadataHeaders() {
        return top.bool(RouteKeys.METADATA_HEADERS).orElse(false);
    }

    /**
     * The values of the blocks that hold for all processors of a backend.
     *
     * @return the values by the names of the backends; a backend without a block in the file is
     *     absent
     */
    public Map<String, KeyValues> settings() {
        return settings;
    }

    /**
     * The processors.
     *
     * @return them in the order of the file
     */
    public List<ProcessorNode> processors() {
        return processors;
    }

    /**
     * The graph of the processors.
     *
     * @return the graph, whose nodes are the indices of {@link #processors()}
     */
    public Graph graph() {
        return graph;
    }

    /**
     * A processor as its backend sees it.
     *
     * @param processor one of {@link #processors()}
     * @return what {@link io.github.dagwasm.spi.Backend#create} takes
     */
    public ProcessorDefinition definitionOf(ProcessorNode processor) {
        return new ProcessorDefinition(
                name(),
                processor.id(),
                directory(),
                processor.keys(),
                processor.options(),
                settings.getOrDefault(processor.backend(), KeyValues.NONE),
                source.wording()::nameOf);
    }

    /**
     * What the user calls a key at the top, for messages.
     *
     * @param key the key's path, as in {@code max_input_bytes}
     * @return the name; for a file the path itself
     */
    public String nameOf(String key) {
        return source.wording().nameOf(key);
    }

    /**
     * What the user calls a key of a processor, for messages that do not name the processor.
     *
     * @param processor one of {@link #processors()}
     * @param key the key's path in the processor's block, as in {@code timeout_seconds}
     * @return the name; for a file the path in it, as in {@code processors[0].timeout_seconds}
     */
    public String nameOf(ProcessorNode processor, String key) {
        return source.wording().nameOf(BlockReader.inside(processor.where(), key));
    }

    /**
     * Where a key at the top stands.
     *
     * @param key the key, as in {@code from}
     * @return the line of the key's value, or of the first key of the file if it is absent; 0 where
     *     there is no file
     */
    public int lineOf(String key) {
        return positions.getOrDefault(key, position).line();
    }

    /**
     * A fault of the pipeline as a whole.
     *
     * @param problem what is wrong, what was expected, what to do
     * @return the fault, at the first key of the file
     */
    public Fault fault(String problem) {
        return source.fault(position, "", problem);
    }

    /**
     * A fault of a key at the top.
     *
     * @param key the key, as in {@code output}
     * @param problem what is wrong, what was expected, what to do
     * @return the fault, at the key's value, or at the first key of the file if it is absent
     */
    public Fault fault(String key, String problem) {
        return source.fault(positions.getOrDefault(key, position), key, problem);
    }

    /**
     * A fault of a processor.
     *
     * @param processor one of {@link #processors()}
     * @param problem what is wrong, what was expected, what to do
     * @return the fault, at the processor's first key
     */
    public Fault fault(ProcessorNode processor, String problem) {
        return source.fault(processor.position(), processor.where(), problem);
    }

    /**
     * A fault of one of a processor's keys.
     *
     * @param processor one of {@link #processors()}
     * @param key the key, as in {@code merge}, {@code depends_on[0]} or {@code options.prefix}
     * @param problem what is wrong, what was expected, what to do
     * @return the fault, at the key's value, or at the processor if the key is absent
     */
    public Fault fault(ProcessorNode processor, String key, String problem) {
        Position at = processor.positions().get(key);
        return at == null
                ? fault(processor, problem)
                : source.fault(at, processor.where() + "." + key, problem);
    }

    /** Tells the file, not what it holds. */
    @Override
    public String toString() {
        return "PipelineDefinition[" + file() + ", " + processors.size() + " processors]";
    }
}
