package io.github.dagwasm.dag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random graphs against an oracle too simple to be wrong. */
class RandomGraphTest {

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheOracle(int seed) {
        List<List<Integer>> dependencies = random(new Random(seed));

        GraphResult result = Graph.of(dependencies);

        if (result instanceof Cycle cycle) {
            assertIsCycle(cycle.path(), dependencies);
        } else {
            assertIsSorted((Graph) result, dependencies);
        }
        assertThat(result instanceof Cycle).isEqualTo(hasCycle(dependencies));
    }

    /** Up to 12 nodes, half of the graphs with edges that can only go one way. */
    private static List<List<Integer>> random(Random random) {
        int size = random.nextInt(13);
        boolean acyclic = random.nextBoolean();
        double density = random.nextDouble() * 0.5;
        List<Integer> rank = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(rank, random);
        List<List<Integer>> dependencies = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            int of = node;
            List<Integer> before =
                    new ArrayList<>(
                            IntStream.range(0, size)
                                    .filter(other -> !acyclic || rank.get(other) < rank.get(of))
                                    .filter(other -> random.nextDouble() < density)
                                    .boxed()
                                    .toList());
            Collections.shuffle(before, random);
            dependencies.add(before);
        }
        return dependencies;
    }

    private static void assertIsCycle(List<Integer> path, List<List<Integer>> dependencies) {
        List<Integer> nodes = path.subList(0, path.size() - 1);
        assertThat(nodes).isNotEmpty().doesNotHaveDuplicates();
        assertThat(path.get(path.size() - 1)).isEqualTo(path.get(0));
        assertThat(nodes).allMatch(node -> node >= path.get(0));
        for (int at = 0; at < nodes.size(); at++) {
            assertThat(dependencies.get(path.get(at))).contains(path.get(at + 1));
        }
    }

    private static void assertIsSorted(Graph graph, List<List<Integer>> dependencies) {
        assertThat(graph.size()).isEqualTo(dependencies.size());
        Set<Integer> seen = new HashSet<>();
        for (int node : GraphTest.order(graph)) {
            assertThat(seen).containsAll(dependencies.get(node));
            assertThat(seen.add(node)).isTrue();
        }
        for (int node = 0; node < graph.size(); node++) {
            int of = node;
            assertThat(GraphTest.dependencies(graph, node)).isEqualTo(dependencies.get(node));
            assertThat(GraphTest.dependents(graph, node))
                    .isEqualTo(
                            IntStream.range(0, graph.size())
                                    .filter(other -> dependencies.get(other).contains(of))
                                    .boxed()
                                    .toList());
            assertThat(graph.level(node)).isEqualTo(level(node, dependencies));
        }
    }

    private static int level(int node, List<List<Integer>> dependencies) {
        return dependencies.get(node).stream()
                .mapToInt(dependency -> level(dependency, dependencies) + 1)
                .max()
                .orElse(0);
    }

    private static boolean hasCycle(List<List<Integer>> dependencies) {
        Set<Integer> settled = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (int node = 0; node < dependencies.size(); node++) {
                more |= settled.containsAll(dependencies.get(node)) && settled.add(node);
            }
        }
        return settled.size() < dependencies.size();
    }
}
