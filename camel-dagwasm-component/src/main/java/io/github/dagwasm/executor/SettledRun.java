package io.github.dagwasm.executor;

import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.RunRecord;
import io.github.dagwasm.spi.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is left of a run for its report: numbers, metadata and what failures said. */
final class SettledRun implements RunRecord {

    private final Outline plan;
    private final NodeRun[] nodes;
    private final RunOutcome outcome;
    private final long startedAt;
    private final long settledAt;
    private final int outputNode;

    /**
     * Takes over what is known.
     *
     * @param plan what was run
     * @param nodes what each processor came to; without texts, and not changed any more
     * @param outcome how the run ended
     * @param startedAt when it started, as {@link System#nanoTime()} counts
     * @param settledAt when it ended
     * @param outputNode whose text became the output, or -1
     */
    SettledRun(
            Outline plan,
            NodeRun[] nodes,
            RunOutcome outcome,
            long startedAt,
            long settledAt,
            int outputNode) {
        this.plan = plan;
        this.nodes = nodes;
        this.outcome = outcome;
        this.startedAt = startedAt;
        this.settledAt = settledAt;
        this.outputNode = outputNode;
    }

    @Override
    public RunOutcome outcome() {
        return outcome;
    }

    @Override
    public String pipeline() {
        return plan.name();
    }

    @Override
    public Strategy strategy() {
        return plan.strategy();
    }

    @Override
    public FailureStrategy failureStrategy() {
        return plan.failureStrategy();
    }

    @Override
    public int maxConcurrency() {
        return plan.maxConcurrency();
    }

    @Override
    public long durationNanos() {
        return settledAt - startedAt;
    }

    @Override
    public int executed() {
        int executed = 0;
        for (NodeRun node : nodes) {
            executed += node.executed() ? 1 : 0;
        }
        return executed;
    }

    @Override
    public Optional<String> outputFrom() {
        return outputNode < 0 ? Optional.empty() : Optional.of(plan.ids().get(outputNode));
    }

    @Override
    public List<String> criticalPath() {
        return CriticalPath.of(plan, nodes);
    }

    @Override
    public List<ProcessorReport> processors() {
        List<ProcessorReport> reports = new ArrayList<>(nodes.length);
        for (int node = 0; node < nodes.length; node++) {
            reports.add(
                    nodes[node].report(plan.ids().get(node), plan.backends().get(node), startedAt));
        }
        return reports;
    }
}
