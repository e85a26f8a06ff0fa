package io.github.dagwasm.cli;

import io.github.dagwasm.cli.graph.Drawing;
import io.github.dagwasm.cli.graph.MermaidGraph;
import io.github.dagwasm.cli.graph.SvgGraph;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dagwasm graph}: draws a pipeline. */
@Command(
        name = "graph",
        description = "Draws a pipeline as Mermaid text or as an SVG picture.",
        mixinStandardHelpOptions = true)
final class GraphCommand extends PipelineCommand {

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

    @Option(
            names = "--format",
            defaultValue = "MERMAID",
            description = "How to draw: ${COMPLETION-CANDIDATES}. Default: mermaid.")
    private Format format;

    @Override
    int answer(LoadedPipeline loaded, PrintWriter out) {
        Drawing drawing = PipelineDrawing.of(loaded.definition(), loaded.pipeline().plan());
        String drawn = format == Format.SVG ? SvgGraph.of(drawing) : MermaidGraph.of(drawing);
        out.print(drawn.endsWith("\n") ? drawn : drawn + "\n");
        return Dagwasm.OK;
    }
}
