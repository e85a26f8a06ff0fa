package io.github.dagwasm.benchmarks;

import io.github.dagwasm.dag.Graph;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How the processors of a benchmark depend on each other. */
public enum Shape {
    /** Each depends on the one before. */
    CHAIN {
        @Override
        List<Integer> dependencies(int node) {
            return node == 0 ? List.of() : List.of(node - 1);
        }
    },
    /** None depends on any: all are roots and sinks, and the default picks the output. */
    FAN_OUT {
        @Override
        List<Integer> dependencies(int node) {
            return List.of();
        }
    };

    abstract List<Integer> dependencies(int node);

    /** The graph of this shape. */
    Graph graph(int size) {
        return (Graph) Graph.of(IntStream.range(0, size).mapToObj(this::dependencies).toList());
    }

    /** The name in tables. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
