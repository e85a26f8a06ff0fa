package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Strategy;
import java.util.List;

/**
 * What a report tells of a plan. It holds none of the processors: a report may be kept for longer
 * than a pipeline and its modules.
 */
record Outline(
        String name,
        Strategy strategy,
        FailureStrategy failureStrategy,
        int maxConcurrency,
        List<String> ids,
        List<String> backends,
        Graph graph) {

    static Outline of(Plan plan) {
        return new Outline(
                plan.name(),
                plan.strategy(),
                plan.failureStrategy(),
                plan.maxConcurrency(),
                plan.processors().stream().map(PlannedProcessor::id).toList(),
                plan.processors().stream().map(PlannedProcessor::backend).toList(),
                plan.graph());
    }
}
