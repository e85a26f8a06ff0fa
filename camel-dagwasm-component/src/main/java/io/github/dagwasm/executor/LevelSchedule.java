package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Starts the processors of one level, in the order of the file, once all of the level before have
 * settled.
 */
final class LevelSchedule implements Schedule {

    private final Graph graph;
    private final int[] unsettled;
    private final PriorityQueue<Integer> ready = new PriorityQueue<>();
    private final List<List<Integer>> later = new ArrayList<>();
    private int current;

    LevelSchedule(Graph graph) {
        this.graph = graph;
        int deepest = graph.level(graph.inTopologicalOrder(graph.size() - 1));
        this.unsettled = new int[deepest + 1];
        for (int node = 0; node < graph.size(); node++) {
            unsettled[graph.level(node)]++;
        }
        for (int level = 0; level <= deepest; level++) {
            later.add(List.of());
        }
    }

    @Override
    public void released(int node) {
        int level = graph.level(node);
        if (level == current) {
            ready.add(node);
        } else {
            if (later.get(level).isEmpty()) {
                later.set(level, new ArrayList<>());
            }
            later.get(level).add(node);
        }
    }

    @Override
    public void settled(int node) {
        unsettled[graph.level(node)]--;
        while (current < unsettled.length - 1 && unsettled[current] == 0) {
            current++;
            ready.addAll(later.set(current, List.of()));
        }
    }

    @Override
    public int next() {
        return ready.isEmpty() ? NONE : ready.remove();
    }

    @Override
    public int available() {
        return ready.size();
    }
}
