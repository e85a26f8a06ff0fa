package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The chain of dependent processors with the greatest summed duration: what to make faster to make
 * the run faster (critical path method, J. E. Kelley and M. R. Walker, 1959). Processors that were
 * not run take no part.
 */
final class CriticalPath {

    private CriticalPath() {}

    static List<String> of(Outline plan, NodeRun[] nodes) {
        Graph graph = plan.graph();
        long[] total = new long[graph.size()];
        int[] previous = new int[graph.size()];
        int last = -1;
        for (int index = 0; index < graph.size(); index++) {
            int node = graph.inTopologicalOrder(index);
            previous[node] = -1;
            if (nodes[node].tries == 0) {
                continue;
            }
            for (int i = 0; i < graph.dependencyCount(node); i++) {
                int dependency = graph.dependency(node, i);
                boolean ran = nodes[dependency].tries > 0;
                if (ran && (previous[node] < 0 || total[dependency] > total[previous[node]])) {
                    previous[node] = dependency;
                }
            }
            total[node] =
                    nodes[node].durationNanos() + (previous[node] < 0 ? 0 : total[previous[node]]);
            last = last < 0 || total[node] > total[last] ? node : last;
        }
        Deque<String> path = new ArrayDeque<>();
        for (int node = last; node >= 0; node = previous[node]) {
            path.addFirst(plan.ids().get(node));
        }
        return List.copyOf(path);
    }
}
