package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.spi.Merge;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where each text comes from and whose text becomes the output when every processor succeeds,
 * foretold from the plan alone. Immutable.
 */
public final class TextFlow {

    /**
     * A default that drops the text of a transform.
     *
     * @param at the processor whose input is chosen; empty where it is the output that is chosen
     * @param kept the processor whose text goes on
     * @param discarded the processors whose texts do not, in the order of the file
     */
    public record Discard(Optional<String> at, String kept, List<String> discarded) {

        /** Copies the list. */
        public Discard {
            discarded = List.copyOf(discarded);
        }

        /**
         * What the discard means and how to settle it.
         *
         * @return one sentence for people
         */
        public String warning() {
            String lost = quoted(discarded);
            String verb = discarded.size() == 1 ? " is" : " are";
            String noun = discarded.size() == 1 ? "the text of " : "the texts of ";
            return at.map(
                            id ->
                                    "processor '"
                                            + id
                                            + "' gets the text of '"
                                            + kept
                                            + "', while "
                                            + noun
                                            + lost
                                            + verb
                                            + " discarded; write 'merge: deepest' to keep it so, or another merge")
                    .orElse(
                            "the output is the text of '"
                                    + kept
                                    + "', while "
                                    + noun
                                    + lost
                                    + verb
                                    + " discarded; write 'output:' with the processor that is meant");
        }

        private static String quoted(List<String> ids) {
            return "'" + String.join("', '", ids) + "'";
        }
    }

    private final Plan plan;
    private final Graph graph;
    private final int[] origins;
    private final BitSet[] lineages;
    private final int bodyNode;
    private final BitSet requiredTransforms = new BitSet();
    private final List<Discard> discards = new ArrayList<>();

    TextFlow(Plan plan) {
        this.plan = plan;
        this.graph = plan.graph();
        this.origins = new int[graph.size()];
        this.lineages = new BitSet[graph.size()];
        for (int index = 0; index < graph.size(); index++) {
            follow(graph.inTopologicalOrder(index));
        }
        for (int node = 0; node < graph.size(); node++) {
            PlannedProcessor processor = plan.processor(node);
            requiredTransforms.set(node, processor.required() && processor.transforms());
            if (processor.merge().isEmpty() && graph.dependencyCount(node) > 1) {
                noteDiscards(Optional.of(processor.id()), Origins.dependencies(graph, node));
            }
        }
        if (plan.outputNode() >= 0) {
            bodyNode = plan.outputNode();
        } else {
            bodyNode = Origins.deepest(graph, Origins.sinks(graph), this::originOf);
            noteDiscards(Optional.empty(), Origins.sinks(graph));
        }
    }

    private void follow(int node) {
        PlannedProcessor processor = plan.processor(node);
        Merge merge = processor.effectiveMerge();
        int count = graph.dependencyCount(node);
        boolean makesText = count > 1 && (merge == Merge.CONCAT || merge == Merge.JSON);
        BitSet lineage;
        if (count == 0) {
            origins[node] = Origins.INPUT;
            lineage = new BitSet();
        } else if (makesText) {
            origins[node] = node;
            lineage = (BitSet) lineages[graph.dependency(node, 0)].clone();
            Origins.dependencies(graph, node)
                    .forEach(dependency -> lineage.and(lineages[dependency]));
        } else {
            int source =
                    switch (merge) {
                        case FIRST -> graph.dependency(node, 0);
                        case LAST -> graph.dependency(node, count - 1);
                        default ->
                                Origins.deepest(
                                        graph, Origins.dependencies(graph, node), this::originOf);
                    };
            origins[node] = origins[source];
            lineage = (BitSet) lineages[source].clone();
        }
        if (processor.transforms()) {
            origins[node] = node;
            if (processor.required()) {
                lineage.set(node);
            }
        }
        lineages[node] = lineage;
    }

    private void noteDiscards(Optional<String> at, IntStream candidates) {
        int[] sources = candidates.map(this::originOf).distinct().sorted().toArray();
        int kept = sources[0];
        for (int source : sources) {
            kept = Origins.deeper(graph, source, kept) ? source : kept;
        }
        List<String> discarded = new ArrayList<>();
        for (int source : sources) {
            if (source != kept && source != Origins.INPUT) {
                discarded.add(plan.processor(source).id());
            }
        }
        if (!discarded.isEmpty()) {
            discards.add(new Discard(at, plan.processor(kept).id(), discarded));
        }
    }

    /**
     * Every default that drops the text of a transform.
     *
     * @return the discards: of merges in the order of the file, then of the output
     */
    public List<Discard> discards() {
        return List.copyOf(discards);
    }

    /**
     * The processor whose text becomes the output.
     *
     * @return its id
     */
    public String outputFrom() {
        return plan.processor(bodyNode).id();
    }

    /**
     * The processor that made a processor's text.
     *
     * @param node the processor's position in the plan
     * @return its id; empty where the text is the run's input
     */
    public Optional<String> originId(int node) {
        return origins[node] == Origins.INPUT
                ? Optional.empty()
                : Optional.of(plan.processor(origins[node]).id());
    }

    /**
     * The processors whose texts may become the output in a run in which some processor fails.
     * Where the plan names an output, that is the only one.
     *
     * @return ids in the order of the file
     */
    public List<String> possibleOutputs() {
        if (plan.outputNode() >= 0) {
            return List.of(outputFrom());
        }
        // What is foreseen to pass through a required transform must do so in any run; a fallback
        // must pass through more.
        return below(lineages[bodyNode]).stream()
                .filter(node -> origins[node] == node)
                .mapToObj(node -> plan.processor(node).id())
                .toList();
    }

    /**
     * Whether the run's input itself may become the output in a run in which some processor fails:
     * through analyzers only.
     *
     * @return true if it may
     */
    public boolean inputMayBeOutput() {
        boolean[] mayBeInput = new boolean[graph.size()];
        for (int index = 0; index < graph.size(); index++) {
            int node = graph.inTopologicalOrder(index);
            Merge merge = plan.processor(node).effectiveMerge();
            int count = graph.dependencyCount(node);
            boolean passesOn = count < 2 || (merge != Merge.CONCAT && merge != Merge.JSON);
            mayBeInput[node] =
                    !plan.processor(node).transforms()
                            && passesOn
                            && (count == 0
                                    || Origins.dependencies(graph, node)
                                            .anyMatch(before -> mayBeInput[before]));
        }
        return lineages[bodyNode].isEmpty()
                && (plan.outputNode() >= 0
                        ? mayBeInput[bodyNode]
                        : Origins.sinks(graph).anyMatch(node -> mayBeInput[node]));
    }

    /** The nodes that all of the given ones lead to, themselves included. */
    private BitSet below(BitSet all) {
        BitSet[] above = new BitSet[graph.size()];
        BitSet below = new BitSet();
        for (int index = 0; index < graph.size(); index++) {
            int node = graph.inTopologicalOrder(index);
            BitSet passed = new BitSet();
            Origins.dependencies(graph, node).forEach(before -> passed.or(above[before]));
            passed.set(node, all.get(node));
            above[node] = passed;
            below.set(node, passed.equals(all));
        }
        return below;
    }

    /**
     * The processor that made the text that a processor gets by the merge {@code deepest}.
     *
     * @param node the processor's position in the plan; it has dependencies
     * @return its id; empty where the text is the run's input
     */
    public Optional<String> inputOriginId(int node) {
        return originId(Origins.deepest(graph, Origins.dependencies(graph, node), this::originOf));
    }

    int originOf(int node) {
        return origins[node];
    }

    /** The required transforms that a node's text has passed through in all of its parts. */
    BitSet lineageOf(int node) {
        return lineages[node];
    }

    int bodyNode() {
        return bodyNode;
    }

    /** Never modified. */
    BitSet requiredTransforms() {
        return requiredTransforms;
    }
}
