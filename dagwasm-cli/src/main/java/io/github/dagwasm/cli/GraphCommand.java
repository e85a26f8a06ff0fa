package io.github.dagwasm.cli;

import io.github.dagwasm.cli.graph.Drawing;
import io.github.dagwasm.cli.graph.MermaidGraph;
import io.github.dagwasm.cli.graph.SvgGraph;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dagwasm graph}: draws a pipeline. */
@Command(
        name = "graph",
        description = "Draws a pipeline as Mermaid text or as an SVG picture.",
        mixinStandardHelpOptions = true)
final class GraphCommand implements Callable<Integer> {

    /** How to draw. */
    enum Format {
        /** Text that Mermaid draws, in a README for one. */
        MERMAID,
        /** A picture that stands by itself. */
        SVG;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin private PipelineArgument argument;

    @Option(
            names = "--format",
            defaultValue = "MERMAID",
            description = "How to draw: ${COMPLETION-CANDIDATES}. Default: mermaid.")
    private Format format;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = new Session(argument)) {
            Drawing drawing = PipelineDrawing.of(session.definition(), session.pipeline().plan());
            String drawn = format == Format.SVG ? SvgGraph.of(drawing) : MermaidGraph.of(drawing);
            out.print(drawn.endsWith("\n") ? drawn : drawn + "\n");
            out.flush();
            return Dagwasm.OK;
        }
    }
}
