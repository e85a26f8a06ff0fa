package io.github.dagwasm.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command about one pipeline does: read and load it, answer, close it. */
abstract class PipelineCommand implements Callable<Integer> {

    @Mixin private PipelineArgument argument;
    @Spec private CommandSpec spec;

    /**
     * Answers the command.
     *
     * @param loaded the pipeline
     * @param out where to
     * @return the exit code
     */
    abstract int answer(LoadedPipeline loaded, PrintWriter out);

    /** Whether the pipeline's warnings are part of the answer, so that they need not be logged. */
    boolean tellsWarnings() {
        return false;
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    String file() {
        return argument.file().toString();
    }

    @Override
    public final Integer call() {
        if (argument.hasStrayOptions()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--option is for a module; a pipeline file says the options of its processors"
                            + " itself");
        }
        if (tellsWarnings()) {
            LoadedPipeline.silenceWarnings();
        }
        try (LoadedPipeline loaded = new LoadedPipeline(argument)) {
            PrintWriter out = spec.commandLine().getOut();
            int code = answer(loaded, out);
            out.flush();
            return code;
        }
    }
}
