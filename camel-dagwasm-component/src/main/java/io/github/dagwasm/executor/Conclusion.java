package io.github.dagwasm.executor;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.spi.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the result of a run in which everything has settled: the report, and the text or the
 * failure.
 */
final class Conclusion {

    private final Plan plan;
    private final NodeRun[] nodes;
    private final Merging merging;
    private final Optional<DagWasmException> stopCause;

    Conclusion(Plan plan, NodeRun[] nodes, Merging merging, Optional<DagWasmException> stopCause) {
        this.plan = plan;
        this.nodes = nodes;
        this.merging = merging;
        this.stopCause = stopCause;
    }

    RunResult result(Fallback fallback, boolean keepTexts, long startedAt, long now) {
        Verdict verdict = new Verdict(plan, nodes, merging);
        Verdict.Body body = verdict.body(stopCause, fallback);
        boolean failed = body.text() == null;
        List<ProcessorReport> reports = new ArrayList<>(nodes.length);
        for (int node = 0; node < nodes.length; node++) {
            reports.add(nodes[node].report(plan.processor(node), startedAt));
        }
        RunReport report =
                new RunReport(
                        plan.name(),
                        plan.strategy(),
                        plan.failureStrategy(),
                        plan.maxConcurrency(),
                        failed
                                ? RunOutcome.FAILED
                                : verdict.partial() ? RunOutcome.PARTIAL : RunOutcome.SUCCEEDED,
                        now - startedAt,
                        failed ? Optional.empty() : Optional.of(plan.processor(body.from()).id()),
                        CriticalPath.of(plan, nodes),
                        reports);
        Map<String, Text> texts = keepTexts ? texts() : Map.of();
        return new RunResult(
                report,
                failed ? null : body.text().text(),
                failed ? failure(report, body.reasons(), texts) : null,
                texts);
    }

    private RunFailedException failure(
            RunReport report, List<String> reasons, Map<String, Text> texts) {
        // One exception may be the failure of several processors: a run's timeout is.
        Set<DagWasmException> causes = Collections.newSetFromMap(new LinkedHashMap<>());
        stopCause.ifPresent(causes::add);
        for (NodeRun node : nodes) {
            if (node.failure != null) {
                causes.add(node.failure);
            }
        }
        return new RunFailedException(
                "pipeline '" + plan.name() + "': " + String.join("; ", reasons),
                report,
                List.copyOf(causes),
                texts);
    }

    private Map<String, Text> texts() {
        Map<String, Text> texts = new LinkedHashMap<>();
        for (int node = 0; node < nodes.length; node++) {
            if (nodes[node].text != null) {
                texts.put(plan.processor(node).id(), nodes[node].text.text());
            }
        }
        return texts;
    }
}
