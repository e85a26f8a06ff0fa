package io.github.dagwasm.cli;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.executor.Plan;
import io.github.dagwasm.executor.PlannedProcessor;
import io.github.dagwasm.executor.Timeout;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.ProcessorNode;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.Retry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a pipeline will do and what decides it, as people read it. */
final class Explanation {

    private static final int NANO_DIGITS = 9;

    private final PipelineDefinition definition;
    private final Pipeline pipeline;
    private final Plan plan;
    private final StringBuilder out = new StringBuilder();

    Explanation(PipelineDefinition definition, Pipeline pipeline) {
        this.definition = definition;
        this.pipeline = pipeline;
        this.plan = pipeline.plan();
    }

    @Override
    public String toString() {
        out.setLength(0);
        line("pipeline " + plan.name() + " (" + definition.file() + ")");
        line("  strategy: " + plan.strategy().key());
        line("  failure_strategy: " + plan.failureStrategy().key());
        line(
                "  max_concurrency: "
                        + plan.maxConcurrency()
                        + origin(definition.maxConcurrency(), "the number of cores"));
        line(
                "  run_timeout_seconds: "
                        + plan.runTimeout().map(Explanation::seconds).orElse("none"));
        line("  max_input_bytes: " + pipeline.maxInputBytes());
        line("");
        for (ProcessorNode node : definition.processors()) {
            processor(node);
        }
        line("");
        output();
        pipeline.warnings().forEach(warning -> line("warning: " + warning));
        return out.toString();
    }

    private void processor(ProcessorNode node) {
        PlannedProcessor planned = plan.processors().get(node.index());
        line("processor " + node.id() + ": " + node.backend() + what(node, planned));
        line(
                "  level "
                        + plan.graph().level(node.index())
                        + ", "
                        + intent(planned)
                        + (node.required() ? ", required" : ""));
        line("  input: " + input(node, planned));
        line("  timeout: " + planned.timeout().map(Explanation::withOption).orElse("none"));
        retry(planned.retry()).ifPresent(this::line);
        planned.processor().sha256().ifPresent(digest -> line("  sha256: " + digest));
        planned.processor()
                .limits()
                .forEach((name, value) -> line("  limit " + name + ": " + value));
    }

    private static Optional<String> retry(Retry retry) {
        if (retry.attempts() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                "  retry: attempts %d, delay %s s, backoff %s, max_delay %s s, jitter %s"
                        .formatted(
                                retry.attempts(),
                                plain(seconds(retry.delay())),
                                plain(BigDecimal.valueOf(retry.backoff())),
                                plain(seconds(retry.maxDelay())),
                                plain(BigDecimal.valueOf(retry.jitter()))));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), NANO_DIGITS);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String what(ProcessorNode node, PlannedProcessor planned) {
        return planned.processor()
                .resource()
                .or(() -> node.keys().string("impl"))
                .map(what -> " " + what)
                .orElse("");
    }

    private static String intent(PlannedProcessor planned) {
        return planned.processor().intent() == Intent.ANALYZE
                ? "analyze: adds metadata, its text is its input"
                : "transform: its output is its text";
    }

    private String input(ProcessorNode node, PlannedProcessor planned) {
        if (node.dependsOn().isEmpty()) {
            return "the run's input";
        }
        if (node.dependsOn().size() == 1) {
            return "the text of " + node.dependsOn().get(0) + madeBy(dependency(node, 0));
        }
        String all = String.join(", ", node.dependsOn());
        Merge merge = planned.merge().orElse(Merge.DEEPEST);
        String how =
                "merge "
                        + merge.key()
                        + (planned.merge().isPresent() ? "" : " (default)")
                        + " of "
                        + all;
        if (merge != Merge.DEEPEST) {
            return how;
        }
        return how
                + ", which picks the text made by "
                + plan.flow().inputOriginId(node.index()).orElse("nobody: the run's input");
    }

    private String madeBy(int dependency) {
        String id = plan.processors().get(dependency).id();
        Optional<String> origin = plan.flow().originId(dependency);
        if (origin.isEmpty()) {
            return ", which is the run's input";
        }
        return origin.get().equals(id) ? "" : ", made by " + origin.get();
    }

    private int dependency(ProcessorNode node, int index) {
        return plan.graph().dependency(node.index(), index);
    }

    private void output() {
        String from = plan.flow().outputFrom();
        Graph graph = plan.graph();
        List<String> sinks =
                IntStream.range(0, graph.size())
                        .filter(node -> graph.dependentCount(node) == 0)
                        .mapToObj(node -> plan.processors().get(node).id())
                        .toList();
        String why =
                plan.output().isPresent()
                        ? "named by output:"
                        : sinks.size() == 1
                                ? "the only processor that nothing depends on"
                                : "of "
                                        + String.join(", ", sinks)
                                        + " the one with the text made at the deepest level";
        line("output: the text of " + from + " (" + why + ")");
        if (plan.failureStrategy() == FailureStrategy.BEST_EFFORT && plan.output().isEmpty()) {
            line("  if a processor fails, any of: " + possibleOutputs(plan));
        }
    }

    /** What may become the output where it is not named and a processor fails. */
    static String possibleOutputs(Plan plan) {
        List<String> all = new ArrayList<>(plan.flow().possibleOutputs());
        if (plan.flow().inputMayBeOutput()) {
            all.add("the run's input");
        }
        return String.join(", ", all);
    }

    private static String origin(Optional<?> written, String otherwise) {
        return written.isPresent() ? "" : " (" + otherwise + ")";
    }

    private static String seconds(Timeout timeout) {
        return BigDecimal.valueOf(timeout.duration().toNanos(), 9)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String withOption(Timeout timeout) {
        return seconds(timeout) + " s (" + timeout.option() + ")";
    }

    private void line(String line) {
        out.append(line).append('\n');
    }
}
