package io.github.dagwasm.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dagwasm explain}: tells what a pipeline will do and what decides it. */
@Command(
        name = "explain",
        description =
                "Tells what each processor sees, whose text becomes the output and why, and which limits hold.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    @Mixin private PipelineArgument argument;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Session.silenceWarnings();
        try (Session session = new Session(argument)) {
            out.print(new Explanation(session.definition(), session.pipeline()));
            out.flush();
            return Dagwasm.OK;
        }
    }
}
