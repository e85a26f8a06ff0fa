package io.github.dagwasm.cli;

import io.github.dagwasm.executor.Plan;
import io.github.dagwasm.spi.FailureStrategy;
import java.io.PrintWriter;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;

/** {@code dagwasm validate}: reads a pipeline, loads its modules, and runs nothing. */
@Command(
        name = "validate",
        description =
                "Reads a pipeline and loads its modules, and tells all that is wrong with them.",
        mixinStandardHelpOptions = true)
final class ValidateCommand extends PipelineCommand {

    @Override
    boolean tellsWarnings() {
        return true;
    }

    @Override
    int answer(LoadedPipeline loaded, PrintWriter out) {
        Plan plan = loaded.pipeline().plan();
        int levels =
                1
                        + IntStream.range(0, plan.graph().size())
                                .map(plan.graph()::level)
                                .max()
                                .orElse(0);
        out.println(
                file()
                        + ": valid: "
                        + counted(plan.graph().size(), "processor")
                        + " on "
                        + counted(levels, "level"));
        loaded.pipeline().warnings().forEach(warning -> out.println("warning: " + warning));
        if (plan.failureStrategy() == FailureStrategy.BEST_EFFORT && plan.output().isEmpty()) {
            out.println(
                    "if a processor fails, the output may be the text of any of: "
                            + Explanation.possibleOutputs(plan));
        }
        return Dagwasm.OK;
    }

    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
