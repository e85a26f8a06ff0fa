package io.github.dagwasm.cli;

import io.github.dagwasm.failure.DagWasmException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The command {@code run FILE TEXT...} without options. It does what {@link RunCommand} does, but
 * its arguments need no parsing, which would take longer than all else.
 */
record PlainRun(Path file, List<String> texts) {

    private static final String NAME = "run";

    /** The command that the arguments are, unless they are more than this. */
    static Optional<PlainRun> of(String... args) {
        if (args.length < 3 || !args[0].equals(NAME)) {
            return Optional.empty();
        }
        List<String> operands = Arrays.asList(args).subList(1, args.length);
        if (!operands.stream().allMatch(PlainRun::isOperand)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new PlainRun(Path.of(operands.get(0)), operands.subList(1, operands.size())));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Options begin with a dash, and at-signs with the name of a file that arguments stand in. */
    private static boolean isOperand(String argument) {
        return argument.equals(TextRun.STANDARD_INPUT)
                || (!argument.startsWith("-") && !argument.startsWith("@"));
    }

    /**
     * Executes the command. What nobody foresaw goes on to the JVM, which tells of it and ends with
     * the same code as picocli would.
     *
     * @return the exit code
     */
    int execute(PrintWriter out, PrintWriter err) {
        try (LoadedPipeline loaded = new LoadedPipeline(new PipelineArgument(file))) {
            int code =
                    new TextRun(file.toString(), texts, TextRun.Output.REPORT)
                            .answer(loaded.pipeline(), out, err);
            out.flush();
            return code;
        } catch (DagWasmException e) {
            err.println(e.getMessage());
            return Dagwasm.UNUSABLE;
        }
    }
}
