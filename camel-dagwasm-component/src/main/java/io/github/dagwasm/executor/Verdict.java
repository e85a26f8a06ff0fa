package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.FailureStrategy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decides, once every processor has settled, whose text the run ends with, or why with none. */
final class Verdict {

    /**
     * The end of a run.
     *
     * @param from the node whose text is the output, or -1
     * @param text the output, or null
     * @param reasons why there is none, for people; empty where there is one
     */
    record Body(int from, FlowingText text, List<String> reasons) {}

    private final Plan plan;
    private final Graph graph;
    private final NodeRun[] nodes;

    Verdict(Plan plan, NodeRun[] nodes) {
        this.plan = plan;
        this.graph = plan.graph();
        this.nodes = nodes;
    }

    boolean partial() {
        for (NodeRun node : nodes) {
            if (!node.succeeded()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whatever stopped the run, or what its processors came to. Where all succeeded the plan has
     * foretold whose text it is.
     */
    Body body(Optional<DagWasmException> stopCause, boolean partial, Fallback fallback) {
        if (stopCause.isEmpty() && !partial) {
            int foretold = plan.flow().bodyNode();
            return new Body(foretold, nodes[foretold].text, List.of());
        }
        List<String> reasons = new ArrayList<>();
        stopCause.map(DagWasmException::getMessage).ifPresent(reasons::add);
        if (stopCause.isPresent() || plan.failureStrategy() != FailureStrategy.BEST_EFFORT) {
            all().filter(node -> nodes[node].failure != null)
                    .forEach(node -> reasons.add(failureOf(node)));
        } else if (all().anyMatch(this::binding)) {
            all().filter(node -> nodes[node].failure != null || binding(node))
                    .forEach(node -> reasons.add(unmet(node)));
        }
        if (!reasons.isEmpty()) {
            return new Body(-1, null, reasons);
        }
        return plan.standIns() ? deepest(fallback) : planned(plan.flow().bodyNode());
    }

    /** A processor without which there is no output, and which has none. */
    private boolean binding(int node) {
        return !nodes[node].succeeded()
                && (plan.processor(node).required() || node == plan.outputNode());
    }

    private String unmet(int node) {
        if (nodes[node].failure != null) {
            return failureOf(node);
        }
        String role = plan.processor(node).required() ? "required" : "the output";
        return plan.processor(node).label() + ": " + nodes[node].outcome.key() + ", but " + role;
    }

    private Body planned(int node) {
        BitSet foreseen = plan.flow().lineageOf(node);
        return nodes[node].text.passedThroughAll(foreseen)
                ? new Body(node, nodes[node].text, List.of())
                : nothingLeft(foreseen);
    }

    private Body deepest(Fallback fallback) {
        if (Origins.sinks(graph).allMatch(node -> nodes[node].succeeded())) {
            int node = Merging.deepest(graph, nodes, Origins.sinks(graph));
            BitSet foreseen = plan.flow().lineageOf(plan.flow().bodyNode());
            return nodes[node].text.passedThroughAll(foreseen)
                    ? new Body(node, nodes[node].text, List.of())
                    : nothingLeft(foreseen);
        }
        BitSet required = plan.flow().requiredTransforms();
        int sink =
                Merging.deepest(
                        graph,
                        nodes,
                        Origins.sinks(graph)
                                .filter(
                                        node ->
                                                nodes[node].succeeded()
                                                        && nodes[node].text.passedThroughAll(
                                                                required)));
        if (sink != Origins.NONE) {
            return new Body(sink, nodes[sink].text, List.of());
        }
        return fallback.text() == null
                ? nothingLeft(required)
                : new Body(fallback.node(), fallback.text(), List.of());
    }

    private Body nothingLeft(BitSet required) {
        List<String> reasons = new ArrayList<>();
        all().filter(node -> nodes[node].failure != null)
                .forEach(node -> reasons.add(failureOf(node)));
        if (all().noneMatch(node -> nodes[node].succeeded())) {
            reasons.add("no processor succeeded");
        } else if (required.isEmpty()) {
            reasons.add("no text is left to be the output");
        } else {
            String ids =
                    required.stream()
                            .mapToObj(node -> "'" + plan.processor(node).id() + "'")
                            .collect(Collectors.joining(", "));
            reasons.add(
                    "no text is left that has passed through all that is required (" + ids + ")");
        }
        return new Body(-1, null, reasons);
    }

    private String failureOf(int node) {
        return plan.processor(node).label() + ": " + nodes[node].failure.getMessage();
    }

    private IntStream all() {
        return IntStream.range(0, nodes.length);
    }
}
