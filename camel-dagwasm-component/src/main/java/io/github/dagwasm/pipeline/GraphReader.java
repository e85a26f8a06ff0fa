package io.github.dagwasm.pipeline;

import io.github.dagwasm.dag.Cycle;
import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.dag.GraphResult;
import io.github.dagwasm.pipeline.ProcessorReader.Draft;
import io.github.dagwasm.pipeline.ValueReader.Item;
import io.github.dagwasm.spi.Merge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds the processors of one file against each other. Used by one thread. */
final class GraphReader {

    /** Cycles that share processors soon are many; these are enough to find the knot. */
    private static final int MAX_CYCLES = 20;

    private final Reading reading;
    private final List<Draft> drafts;
    private final Map<String, Integer> nodes = new LinkedHashMap<>();

    GraphReader(Reading reading, List<Draft> drafts) {
        this.reading = reading;
        this.drafts = drafts;
    }

    /** The graph; whatever is wrong with it is among the faults. */
    Optional<Graph> read() {
        for (int node = 0; node < drafts.size(); node++) {
            declare(node);
        }
        List<Map<Integer, Item>> edges = new ArrayList<>();
        for (Draft draft : drafts) {
            edges.add(edges(draft));
            checkMerge(draft);
        }
        return acyclic(edges);
    }

    /** Checks a reference to a processor from the top of the file. */
    void checkReference(String id, Position at, String where) {
        if (!nodes.containsKey(id)) {
            noProcessor(id, reading.values().uses().shown(where, id), at, where);
        }
    }

    private void declare(int node) {
        Draft draft = drafts.get(node);
        String id = draft.node().id();
        Integer first = id.isEmpty() ? null : nodes.putIfAbsent(id, node);
        if (first != null) {
            Position there = drafts.get(first).at(PipelineKeys.ID.name());
            String problem =
                    "processor %s is declared twice; the first is in line %d"
                            .formatted(Phrases.quoted(draft.shownId()), there.line());
            fault(draft, PipelineKeys.ID.name(), problem);
        }
    }

    /** The dependencies by their nodes, each with the place that names it. */
    private Map<Integer, Item> edges(Draft draft) {
        Map<Integer, Item> edges = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Item item : draft.dependencies()) {
            String id = item.text();
            String key = key(item);
            Integer dependency = nodes.get(id);
            if (!seen.add(id)) {
                fault(draft, key, "processor " + Phrases.quoted(item.shown()) + " is named twice");
            } else if (id.equals(draft.node().id())) {
                fault(
                        draft,
                        key,
                        "processor " + Phrases.quoted(item.shown()) + " depends on itself");
            } else if (dependency == null) {
                noProcessor(id, item.shown(), item.at(), draft.node().where() + "." + key);
            } else {
                edges.put(dependency, item);
            }
        }
        return edges;
    }

    private void checkMerge(Draft draft) {
        if (draft.has(PipelineKeys.MERGE) && draft.complete() && draft.dependencies().size() < 2) {
            int count = draft.dependencies().size();
            String found = count == 0 ? "no dependency" : "one dependency";
            fault(draft, PipelineKeys.MERGE, "found " + found + "; expected at least two to merge");
        }
        boolean concat = draft.node().merge().filter(m -> m == Merge.CONCAT).isPresent();
        boolean undecided = draft.has(PipelineKeys.MERGE) && draft.node().merge().isEmpty();
        if (draft.has(PipelineKeys.MERGE_SEPARATOR) && !concat && !undecided) {
            String problem = "a separator without 'merge: concat' separates nothing";
            fault(draft, PipelineKeys.MERGE_SEPARATOR, problem);
        }
    }

    /** Reports one cycle after another, taking an edge of each away. */
    private Optional<Graph> acyclic(List<Map<Integer, Item>> edges) {
        for (int cycles = 0; cycles < MAX_CYCLES; cycles++) {
            List<List<Integer>> dependencies =
                    edges.stream().map(e -> List.copyOf(e.keySet())).toList();
            GraphResult result = Graph.of(dependencies);
            if (result instanceof Graph graph) {
                return cycles == 0 ? Optional.of(graph) : Optional.empty();
            }
            List<Integer> path = ((Cycle) result).path();
            Draft from = drafts.get(path.get(0));
            Item item = edges.get(path.get(0)).remove(path.get(1));
            String cycle =
                    path.stream()
                            .map(node -> Phrases.bare(drafts.get(node).shownId()))
                            .collect(Collectors.joining(" -> "));
            fault(from, key(item), "cycle of dependencies: " + cycle);
        }
        return Optional.empty();
    }

    /** Nothing is suggested for an id that is not shown: it would tell of it. */
    private void noProcessor(String id, String shown, Position at, String where) {
        List<String> known =
                nodes.values().stream().map(node -> drafts.get(node).shownId()).toList();
        Optional<String> meant =
                shown.equals(id) ? reading.suggestions().nearest(id, known) : Optional.empty();
        String problem = "no processor " + Phrases.quoted(shown) + Phrases.hint(meant, known);
        reading.faults().add(at, where, problem);
    }

    private void fault(Draft draft, String key, String problem) {
        reading.faults().add(draft.at(key), draft.node().where() + "." + key, problem);
    }

    private static String key(Item item) {
        return PipelineKeys.DEPENDS_ON + "[" + item.index() + "]";
    }
}
