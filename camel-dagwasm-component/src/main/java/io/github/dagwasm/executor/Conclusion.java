package io.github.dagwasm.executor;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.text.Text;
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
    private final Optional<DagWasmException> stopCause;

    Conclusion(Plan plan, NodeRun[] nodes, Optional<DagWasmException> stopCause) {
        this.plan = plan;
        this.nodes = nodes;
        this.stopCause = stopCause;
    }

    RunResult result(Fallback fallback, boolean keepTexts, long startedAt, long now) {
        Verdict verdict = new Verdict(plan, nodes);
        boolean partial = verdict.partial();
        Verdict.Body body = verdict.body(stopCause, partial, fallback);
        boolean failed = body.text() == null;
        RunOutcome outcome =
                failed ? RunOutcome.FAILED : partial ? RunOutcome.PARTIAL : RunOutcome.SUCCEEDED;
        Map<String, Text> texts = keepTexts ? texts() : Map.of();
        List<DagWasmException> causes = failed ? causes() : List.of();
        List<HandedOn> handedOn = failed ? List.of() : handedOn();
        for (NodeRun node : nodes) {
            node.forget();
        }
        RunReport report =
                new RunReport(
                        new SettledRun(
                                plan.outline(), nodes, outcome, startedAt, now, body.from()));
        return failed
                ? RunResult.failed(failure(report, body.reasons(), causes, texts), texts)
                : RunResult.succeeded(report, body.text().text(), texts, handedOn);
    }

    /** One exception may be the failure of several processors: a run's timeout is. */
    private List<DagWasmException> causes() {
        Set<DagWasmException> causes = Collections.newSetFromMap(new LinkedHashMap<>());
        stopCause.ifPresent(causes::add);
        for (NodeRun node : nodes) {
            if (node.failure != null) {
                causes.add(node.failure);
            }
        }
        return List.copyOf(causes);
    }

    private List<HandedOn> handedOn() {
        List<HandedOn> all = List.of();
        for (int node = 0; node < nodes.length; node++) {
            if (nodes[node].succeeded() && !nodes[node].attributes.isEmpty()) {
                all = all.isEmpty() ? new ArrayList<>() : all;
                all.addAll(HandedOn.by(plan.processor(node), nodes[node].attributes));
            }
        }
        return all;
    }

    private RunFailedException failure(
            RunReport report,
            List<String> reasons,
            List<DagWasmException> causes,
            Map<String, Text> texts) {
        return new RunFailedException(
                "pipeline '" + plan.name() + "': " + String.join("; ", reasons),
                report,
                causes,
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
