package io.github.dagwasm.runtime;

import io.github.dagwasm.executor.DagExecutor;
import io.github.dagwasm.executor.Plan;
import io.github.dagwasm.executor.PlannedProcessor;
import io.github.dagwasm.executor.TextFlow;
import io.github.dagwasm.executor.Timeout;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.ProcessorNode;
import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one definition into one pipeline: makes the processors, settles what the file leaves open,
 * looks for warnings.
 */
final class PipelineAssembly {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private static final int WARNINGS_SHOWN = 5;

    private static final String TIMEOUT = "timeout_seconds";

    private final PipelineDefinition definition;
    private final Map<String, Backend> backends;
    private final DagExecutor executor;
    private final List<PipelineProcessor> made = new ArrayList<>();

    PipelineAssembly(
            PipelineDefinition definition, Map<String, Backend> backends, DagExecutor executor) {
        this.definition = definition;
        this.backends = backends;
        this.executor = executor;
    }

    Pipeline assemble() {
        try {
            Plan plan = plan(processors());
            List<String> warnings =
                    plan.flow().discards().stream().map(TextFlow.Discard::warning).toList();
            if (definition.strict() && !warnings.isEmpty()) {
                throw new PipelineFileException(faults(plan.flow().discards()));
            }
            if (!warnings.isEmpty()) {
                LOG.warn("{}: {}", definition.file(), shown(warnings));
            }
            InputLimit limit =
                    new InputLimit(
                            definition.maxInputBytes(), definition.nameOf("max_input_bytes"));
            return new Pipeline(plan, limit, warnings, executor);
        } catch (RuntimeException | Error e) {
            Pipeline.closeAll(made, e);
            throw e;
        }
    }

    /** One line for all, of a bounded length: the commands tell them one by one. */
    private static String shown(List<String> warnings) {
        String first = warnings.stream().limit(WARNINGS_SHOWN).collect(Collectors.joining("; "));
        int more = warnings.size() - WARNINGS_SHOWN;
        return more > 0 ? first + "; and " + more + " more" : first;
    }

    /** Makes all processors before it tells what is wrong with some of them. */
    private List<PlannedProcessor> processors() {
        List<PlannedProcessor> planned = new ArrayList<>();
        UnmadeProcessors unmade = new UnmadeProcessors();
        for (ProcessorNode node : definition.processors()) {
            try {
                planned.add(planned(node));
            } catch (DagWasmException e) {
                unmade.add(fault(node, e.getMessage()), e);
            }
        }
        unmade.throwIfAny();
        return planned;
    }

    private Fault fault(ProcessorNode node, String problem) {
        return backends.get(node.backend())
                .resourceKey()
                .map(key -> definition.fault(node, key, problem))
                .orElseGet(() -> definition.fault(node, problem));
    }

    private PlannedProcessor planned(ProcessorNode node) {
        Backend backend = backends.get(node.backend());
        PipelineProcessor processor = made(node, backend);
        return new PlannedProcessor(
                node.id(),
                node.backend(),
                processor,
                node.merge(),
                node.mergeSeparator(),
                node.required(),
                timeout(node, backend),
                node.retry().orElseGet(() -> Retry.of(definition.retryAttempts())));
    }

    private PipelineProcessor made(ProcessorNode node, Backend backend) {
        try {
            PipelineProcessor processor = backend.create(definition.definitionOf(node));
            made.add(processor);
            return processor;
        } catch (DagWasmException e) {
            throw e;
        } catch (RuntimeException e) {
            String label = ProcessorDefinition.label(node.id(), Optional.empty());
            throw new ProcessorFailureException(label + ": could not be made: " + e, e, false);
        }
    }

    private Optional<Timeout> timeout(ProcessorNode node, Backend backend) {
        return node.timeout()
                .map(own -> new Timeout(own, definition.nameOf(node, TIMEOUT)))
                .or(
                        () ->
                                definition
                                        .timeout()
                                        .map(
                                                all ->
                                                        new Timeout(
                                                                all,
                                                                "executor_options.timeout_seconds")))
                .or(() -> backend.defaultTimeout().map(byDefault -> timeout(node, byDefault)));
    }

    private Timeout timeout(ProcessorNode node, Duration byDefault) {
        String option = definition.definitionOf(node).nameOf(TIMEOUT);
        return new Timeout(byDefault, "default of backend " + node.backend() + "; set " + option);
    }

    private Plan plan(List<PlannedProcessor> processors) {
        return new Plan(
                definition.name(),
                definition.strategy(),
                definition.failureStrategy(),
                definition.maxConcurrency().orElse(Runtime.getRuntime().availableProcessors()),
                definition
                        .runTimeout()
                        .map(all -> new Timeout(all, "executor_options.run_timeout_seconds")),
                definition.output(),
                processors,
                definition.graph());
    }

    private static String strict(TextFlow.Discard discard) {
        return discard.warning() + " (a fault because of 'strict: true')";
    }

    private List<Fault> faults(List<TextFlow.Discard> discards) {
        Map<String, ProcessorNode> byId =
                definition.processors().stream()
                        .collect(Collectors.toMap(ProcessorNode::id, node -> node));
        return discards.stream()
                .map(
                        discard ->
                                discard.at()
                                        .map(
                                                id ->
                                                        definition.fault(
                                                                byId.get(id),
                                                                "depends_on",
                                                                strict(discard)))
                                        .orElseGet(() -> definition.fault(strict(discard))))
                .toList();
    }
}
