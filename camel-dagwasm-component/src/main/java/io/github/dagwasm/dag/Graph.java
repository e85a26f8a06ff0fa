package io.github.dagwasm.dag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A directed acyclic graph of {@code size()} nodes, numbered from 0. Immutable and safe for use by
 * any number of threads. Building it takes time and space linear in nodes and edges, and no
 * recursion.
 */
public final class Graph implements GraphResult {

    private final int[][] dependencies;
    private final int[][] dependents;
    private final int[] levels;
    private final int[] order;

    private Graph(int[][] dependencies, int[][] dependents, int[] levels, int[] order) {
        this.dependencies = dependencies;
        this.dependents = dependents;
        this.levels = levels;
        this.order = order;
    }

    /**
     * Builds a graph by Kahn's algorithm (A. B. Kahn, Topological sorting of large networks, 1962).
     *
     * @param dependencies for each node the nodes it depends on, without repetition
     * @return the graph, or a cycle
     * @throws IndexOutOfBoundsException if a dependency is not a node
     */
    public static GraphResult of(List<List<Integer>> dependencies) {
        int size = dependencies.size();
        int[][] before = new int[size][];
        int[] count = new int[size];
        for (int node = 0; node < size; node++) {
            before[node] = dependencies.get(node).stream().mapToInt(Integer::intValue).toArray();
            for (int dependency : before[node]) {
                count[dependency]++;
            }
        }
        int[][] after = new int[size][];
        for (int node = 0; node < size; node++) {
            after[node] = new int[count[node]];
        }
        // From the last node to the first, filling from the end, so that dependents stand in the
        // order of the file.
        for (int node = size - 1; node >= 0; node--) {
            for (int dependency : before[node]) {
                after[dependency][--count[dependency]] = node;
            }
        }
        int[] levels = new int[size];
        int[] order = new int[size];
        int sorted = sort(before, after, levels, order);
        return sorted == size
                ? new Graph(before, after, levels, order)
                : findCycle(before, order, sorted);
    }

    private static int sort(int[][] before, int[][] after, int[] levels, int[] order) {
        int[] pending = new int[before.length];
        int end = 0;
        for (int node = 0; node < before.length; node++) {
            pending[node] = before[node].length;
            if (pending[node] == 0) {
                order[end++] = node;
            }
        }
        for (int at = 0; at < end; at++) {
            int node = order[at];
            for (int dependent : after[node]) {
                levels[dependent] = Math.max(levels[dependent], levels[node] + 1);
                if (--pending[dependent] == 0) {
                    order[end++] = dependent;
                }
            }
        }
        return end;
    }

    /**
     * Every node that was not sorted depends on another such node, so going from one to the next
     * must come round.
     */
    private static Cycle findCycle(int[][] before, int[] order, int sorted) {
        boolean[] acyclic = new boolean[before.length];
        for (int at = 0; at < sorted; at++) {
            acyclic[order[at]] = true;
        }
        int node = 0;
        while (acyclic[node]) {
            node++;
        }
        List<Integer> path = new ArrayList<>();
        int[] position = new int[before.length];
        while (position[node] == 0) {
            path.add(node);
            position[node] = path.size();
            for (int dependency : before[node]) {
                if (!acyclic[dependency]) {
                    node = dependency;
                    break;
                }
            }
        }
        List<Integer> cycle = new ArrayList<>(path.subList(position[node] - 1, path.size()));
        // Begin with the node declared first: the same cycle then always reads the same.
        Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
        cycle.add(cycle.get(0));
        return new Cycle(cycle);
    }

    /**
     * How many nodes there are.
     *
     * @return the number of nodes
     */
    public int size() {
        return levels.length;
    }

    /**
     * How many nodes a node depends on.
     *
     * @param node the node
     * @return the number of its dependencies
     */
    public int dependencyCount(int node) {
        return dependencies[node].length;
    }

    /**
     * One of the nodes that a node depends on.
     *
     * @param node the node
     * @param index which dependency, from 0, in the order in which they were given
     * @return the dependency
     */
    public int dependency(int node, int index) {
        return dependencies[node][index];
    }

    /**
     * How many nodes depend on a node.
     *
     * @param node the node
     * @return the number of its dependents; 0 for a sink
     */
    public int dependentCount(int node) {
        return dependents[node].length;
    }

    /**
     * One of the nodes that depend on a node.
     *
     * @param node the node
     * @param index which dependent, from 0, in the order of the nodes
     * @return the dependent
     */
    public int dependent(int node, int index) {
        return dependents[node][index];
    }

    /**
     * How far a node is from the roots.
     *
     * @param node the node
     * @return the number of edges on the longest path from a root; 0 for a root
     */
    public int level(int node) {
        return levels[node];
    }

    /**
     * The nodes in an order in which each stands after all its dependencies.
     *
     * @param index the position, from 0
     * @return the node at that position
     */
    public int inTopologicalOrder(int index) {
        return order[index];
    }
}
