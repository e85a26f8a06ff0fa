package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.text.JsonWriter;
import io.github.dagwasm.text.Text;
import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the input of a processor of the texts of its dependencies, all of which have settled. */
final class Merging {

    private final Plan plan;
    private final NodeRun[] nodes;
    private final FlowingText runInput;

    Merging(Plan plan, NodeRun[] nodes, FlowingText runInput) {
        this.plan = plan;
        this.nodes = nodes;
        this.runInput = runInput;
    }

    FlowingText inputOf(int node) {
        Graph graph = plan.graph();
        int count = graph.dependencyCount(node);
        if (count == 0) {
            return runInput;
        }
        if (count == 1) {
            return nodes[graph.dependency(node, 0)].text;
        }
        Merge merge = plan.processor(node).effectiveMerge();
        return switch (merge) {
            case CONCAT -> concatenated(node);
            case JSON -> object(node);
            case FIRST -> nodes[succeeded(node).findFirst().orElseThrow()].text;
            case LAST -> nodes[succeeded(node).reduce((a, b) -> b).orElseThrow()].text;
            case DEEPEST -> nodes[deepest(plan.graph(), nodes, succeeded(node))].text;
        };
    }

    /** Of nodes that have succeeded, the one with the text that {@link Merge#DEEPEST} picks. */
    static int deepest(Graph graph, NodeRun[] nodes, IntStream candidates) {
        return Origins.deepest(graph, candidates, node -> nodes[node].text.origin());
    }

    private IntStream succeeded(int node) {
        return Origins.dependencies(plan.graph(), node)
                .filter(dependency -> nodes[dependency].succeeded());
    }

    private FlowingText concatenated(int node) {
        String joined =
                succeeded(node)
                        .mapToObj(this::string)
                        .collect(Collectors.joining(plan.processor(node).mergeSeparator()));
        return made(node, joined);
    }

    private FlowingText object(int node) {
        JsonWriter json = new JsonWriter().beginObject();
        Origins.dependencies(plan.graph(), node)
                .forEach(
                        dependency -> {
                            json.name(plan.processor(dependency).id());
                            if (nodes[dependency].succeeded()) {
                                json.value(string(dependency));
                            } else {
                                json.nullValue();
                            }
                        });
        return made(node, json.endObject().toString());
    }

    /** Texts alone can be joined; a processor that carries bytes may have made something else. */
    private String string(int dependency) {
        try {
            return nodes[dependency].text.text().string();
        } catch (MalformedTextException e) {
            throw new MalformedTextException(
                    "the input cannot be merged: processor '"
                            + plan.processor(dependency).id()
                            + "' gave no text: "
                            + e.getMessage(),
                    e.offset());
        }
    }

    /**
     * A new text descends from a processor only if every part of it does: one clean part does not
     * clean the others.
     */
    private FlowingText made(int node, String text) {
        BitSet lineage =
                succeeded(node)
                        .mapToObj(dependency -> (BitSet) nodes[dependency].text.lineage().clone())
                        .reduce(
                                (all, next) -> {
                                    all.and(next);
                                    return all;
                                })
                        .orElseGet(BitSet::new);
        return new FlowingText(Text.of(text), node, lineage);
    }
}
