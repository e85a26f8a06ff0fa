package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Where a text comes from: the node that made it, or {@link #INPUT}. The rule that picks one of
 * several texts is written here once, for what happens in a run and for what is foretold before it.
 */
final class Origins {

    /** The origin of the run's input, above every node. */
    static final int INPUT = -1;

    /** What {@link #deepest} answers where there is nothing to choose from. */
    static final int NONE = -2;

    private Origins() {}

    static int level(Graph graph, int origin) {
        return origin == INPUT ? -1 : graph.level(origin);
    }

    /**
     * Of nodes that each have a text, the one whose text was made at the greatest level; of equals,
     * by the node declared last; of one text, the node named last.
     */
    static int deepest(Graph graph, IntStream nodes, IntUnaryOperator origin) {
        return nodes.reduce(
                NONE,
                (best, node) ->
                        best == NONE
                                        || !deeper(
                                                graph,
                                                origin.applyAsInt(best),
                                                origin.applyAsInt(node))
                                ? node
                                : best);
    }

    /** Whether the first of two origins goes before the second. */
    static boolean deeper(Graph graph, int first, int second) {
        int difference = level(graph, first) - level(graph, second);
        return difference != 0 ? difference > 0 : first > second;
    }

    static IntStream dependencies(Graph graph, int node) {
        return IntStream.range(0, graph.dependencyCount(node))
                .map(index -> graph.dependency(node, index));
    }

    static IntStream sinks(Graph graph) {
        return IntStream.range(0, graph.size()).filter(node -> graph.dependentCount(node) == 0);
    }
}
