package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.TextProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plan whose processors follow one another, and for which one thread is enough: none of them
 * waits for somebody else, is tried again, or needs its time kept for it. There is never a choice
 * of what to start next.
 *
 * @param links the processors in the order of the graph
 */
record Chain(List<Link> links) {

    /**
     * One processor of a chain.
     *
     * @param node its place in the plan
     * @param planned what the plan says of it
     * @param processor what is called
     * @param timeoutNanos how long its try may take, or {@link ProcessorCall#NO_DEADLINE}
     * @param mayBeOutput whether its text may become the output
     */
    record Link(
            int node,
            PlannedProcessor planned,
            TextProcessor processor,
            long timeoutNanos,
            boolean mayBeOutput) {}

    /** The plan as a chain; empty where it is none. */
    static Optional<Chain> of(Plan plan) {
        Graph graph = plan.graph();
        List<Link> links = new ArrayList<>(graph.size());
        for (int index = 0; index < graph.size(); index++) {
            int node = graph.inTopologicalOrder(index);
            PlannedProcessor planned = plan.processor(node);
            boolean follows =
                    index == 0
                            || (graph.dependencyCount(node) == 1
                                    && graph.dependency(node, 0)
                                            == graph.inTopologicalOrder(index - 1));
            boolean timed = planned.timeout().isPresent() || plan.runTimeout().isPresent();
            if (!follows
                    || planned.retries() > 0
                    || (timed && !planned.keepsDeadline())
                    || !(planned.processor() instanceof TextProcessor processor)) {
                return Optional.empty();
            }
            long timeoutNanos =
                    planned.timeout()
                            .map(timeout -> timeout.duration().toNanos())
                            .orElse(ProcessorCall.NO_DEADLINE);
            links.add(new Link(node, planned, processor, timeoutNanos, plan.mayBeOutput(node)));
        }
        return Optional.of(new Chain(List.copyOf(links)));
    }
}
