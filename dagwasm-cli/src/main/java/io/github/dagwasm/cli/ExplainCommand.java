package io.github.dagwasm.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code dagwasm explain}: tells what a pipeline will do and what decides it. */
@Command(
        name = "explain",
        description =
                "Tells what each processor sees, whose text becomes the output and why, and which limits hold.",
        mixinStandardHelpOptions = true)
final class ExplainCommand extends PipelineCommand {

    @Override
    boolean tellsWarnings() {
        return true;
    }

    @Override
    int answer(LoadedPipeline loaded, PrintWriter out) {
        out.print(new Explanation(loaded.definition(), loaded.pipeline()));
        return Dagwasm.OK;
    }
}
