package io.github.dagwasm.cli;

import io.github.dagwasm.cli.graph.Drawing;
import io.github.dagwasm.executor.Plan;
import io.github.dagwasm.executor.PlannedProcessor;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.ProcessorNode;
import io.github.dagwasm.spi.Intent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is to be seen of a pipeline. */
final class PipelineDrawing {

    private static final String IMPL = "impl";

    private PipelineDrawing() {}

    static Drawing of(PipelineDefinition definition, Plan plan) {
        List<Drawing.Node> nodes = new ArrayList<>();
        List<Drawing.Edge> edges = new ArrayList<>();
        for (ProcessorNode node : definition.processors()) {
            PlannedProcessor planned = plan.processors().get(node.index());
            nodes.add(
                    new Drawing.Node(
                            node.id(), details(node, planned), kind(node), marks(plan, planned)));
            node.dependsOn()
                    .forEach(dependency -> edges.add(new Drawing.Edge(dependency, node.id())));
        }
        return new Drawing(definition.name(), nodes, edges);
    }

    private static List<String> details(ProcessorNode node, PlannedProcessor planned) {
        List<String> details = new ArrayList<>();
        planned.processor().resource().or(() -> node.keys().string(IMPL)).ifPresent(details::add);
        node.merge().ifPresent(merge -> details.add("merge: " + merge.key()));
        return details;
    }

    private static Drawing.Kind kind(ProcessorNode node) {
        return Drawing.Kind.valueOf(node.backend().toUpperCase(Locale.ROOT));
    }

    private static Set<Drawing.Mark> marks(Plan plan, PlannedProcessor planned) {
        Set<Drawing.Mark> marks = EnumSet.noneOf(Drawing.Mark.class);
        if (planned.processor().intent() == Intent.ANALYZE) {
            marks.add(Drawing.Mark.ANALYZE);
        }
        if (planned.required()) {
            marks.add(Drawing.Mark.REQUIRED);
        }
        if (plan.flow().outputFrom().equals(planned.id())) {
            marks.add(Drawing.Mark.OUTPUT);
        }
        return marks;
    }
}
