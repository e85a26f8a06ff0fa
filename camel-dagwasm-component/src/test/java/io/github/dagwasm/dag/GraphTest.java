package io.github.dagwasm.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphTest {

    @Test
    void anEmptyGraphHasNoNodes() {
        assertThat(graph(List.of()).size()).isZero();
    }

    @Test
    void aDiamondHasThreeLevels() {
        Graph graph = graph(List.of(List.of(), List.of(0), List.of(0), List.of(2, 1)));

        assertThat(levels(graph)).containsExactly(0, 1, 1, 2);
        assertThat(order(graph)).containsExactly(0, 1, 2, 3);
        assertThat(dependents(graph, 0)).containsExactly(1, 2);
        assertThat(dependents(graph, 3)).isEmpty();
        assertThat(dependencies(graph, 0)).isEmpty();
    }

    @Test
    void dependenciesKeepTheirOrderAndDependentsStandInThatOfTheFile() {
        Graph graph = graph(List.of(List.of(3, 1, 2), List.of(3), List.of(3), List.of()));

        assertThat(dependencies(graph, 0)).containsExactly(3, 1, 2);
        assertThat(dependents(graph, 3)).containsExactly(0, 1, 2);
        assertThat(levels(graph)).containsExactly(2, 1, 1, 0);
        assertThat(order(graph)).containsExactly(3, 1, 2, 0);
    }

    @Test
    void aLevelIsTheLongestPathFromARoot() {
        Graph graph = graph(List.of(List.of(), List.of(0), List.of(1), List.of(0, 2), List.of(0)));

        assertThat(levels(graph)).containsExactly(0, 1, 2, 3, 1);
    }

    @Test
    void partsThatAreNotConnectedAreOneGraph() {
        Graph graph = graph(List.of(List.of(1), List.of(), List.of(), List.of(2)));

        assertThat(levels(graph)).containsExactly(1, 0, 0, 1);
        assertThat(order(graph)).containsExactly(1, 2, 0, 3);
    }

    @Test
    void aNodeThatDependsOnItselfIsACycle() {
        assertThat(Graph.of(List.of(List.of(), List.of(0, 1)))).isEqualTo(new Cycle(List.of(1, 1)));
    }

    @Test
    void reportsTheCycleWithItsPathFromTheNodeDeclaredFirst() {
        assertThat(Graph.of(List.of(List.of(2), List.of(0), List.of(1))))
                .isEqualTo(new Cycle(List.of(0, 2, 1, 0)));
    }

    @Test
    void leavesOutOfTheCycleWhatOnlyLeadsThereOrAway() {
        List<List<Integer>> dependencies =
                List.of(
                        List.of(), // a root
                        List.of(0, 4), // depends on the cycle, is no part of it
                        List.of(0, 3), // 2 -> 3 -> 4 -> 2
                        List.of(0, 4),
                        List.of(0, 2),
                        List.of(1));

        assertThat(Graph.of(dependencies)).isEqualTo(new Cycle(List.of(2, 3, 4, 2)));
    }

    @Test
    void aDependencyThatIsNoNodeIsRefused() {
        assertThatThrownBy(() -> Graph.of(List.of(List.of(1))))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Graph.of(List.of(List.of(-1))))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void isACopyOfWhatItIsMadeOf() {
        List<Integer> dependency = new ArrayList<>(List.of(0));
        List<List<Integer>> dependencies = new ArrayList<>(List.of(List.of(), dependency));
        Graph graph = graph(dependencies);

        dependency.clear();
        dependencies.clear();

        assertThat(graph.size()).isEqualTo(2);
        assertThat(dependencies(graph, 1)).containsExactly(0);
    }

    @Test
    void aChainOfAHundredThousandIsSortedWithoutRecursion() {
        int size = 100_000;
        Graph graph =
                graph(
                        IntStream.range(0, size)
                                .mapToObj(n -> n == size - 1 ? List.<Integer>of() : List.of(n + 1))
                                .toList());

        assertThat(graph.level(0)).isEqualTo(size - 1);
        assertThat(graph.inTopologicalOrder(0)).isEqualTo(size - 1);
    }

    @Test
    void aCycleOfAHundredThousandIsReportedWhole() {
        int size = 100_000;
        GraphResult result =
                Graph.of(IntStream.range(0, size).mapToObj(n -> List.of((n + 1) % size)).toList());

        assertThat(result).isInstanceOf(Cycle.class);
        List<Integer> path = ((Cycle) result).path();
        assertThat(path).hasSize(size + 1).startsWith(0, 1, 2).endsWith(size - 1, 0);
    }

    @Test
    void aHundredLevelsOfAHundredAllToAllAreSorted() {
        int width = 100;
        List<List<Integer>> dependencies = new ArrayList<>();
        for (int node = 0; node < width * width; node++) {
            int start = (node / width - 1) * width;
            dependencies.add(
                    start < 0 ? List.of() : IntStream.range(start, start + width).boxed().toList());
        }

        Graph graph = graph(dependencies);

        assertThat(levels(graph))
                .isEqualTo(IntStream.range(0, width * width).mapToObj(n -> n / width).toList());
        assertThat(order(graph)).isEqualTo(IntStream.range(0, width * width).boxed().toList());
    }

    static Graph graph(List<List<Integer>> dependencies) {
        return (Graph) Graph.of(dependencies);
    }

    static List<Integer> levels(Graph graph) {
        return IntStream.range(0, graph.size()).mapToObj(graph::level).toList();
    }

    static List<Integer> order(Graph graph) {
        return IntStream.range(0, graph.size()).mapToObj(graph::inTopologicalOrder).toList();
    }

    static List<Integer> dependencies(Graph graph, int node) {
        return IntStream.range(0, graph.dependencyCount(node))
                .mapToObj(index -> graph.dependency(node, index))
                .toList();
    }

    static List<Integer> dependents(Graph graph, int node) {
        return IntStream.range(0, graph.dependentCount(node))
                .mapToObj(index -> graph.dependent(node, index))
                .toList();
    }
}
