package io.github.dagwasm.cli;

import io.github.dagwasm.failure.DagWasmException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code dagwasm}. It writes UTF-8 whatever the terminal says. Exit codes: {@link #OK},
 * {@link #NO}, {@link #UNUSABLE}.
 */
@Command(
        name = "dagwasm",
        description =
                "Sends text through a DAG of processors, the untrusted ones in a WebAssembly sandbox.",
        subcommands = {
            RunCommand.class,
            ServeCommand.class,
            ValidateCommand.class,
            ExplainCommand.class,
            GraphCommand.class,
            InspectCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the answer is yes",
            "1:a run failed, a text was at fault, or the verdict is no",
            "2:the file, the arguments, or a module that a pipeline needs is at fault"
        })
public final class Dagwasm {

    static final int OK = 0;
    static final int NO = 1;
    static final int UNUSABLE = 2;

    private Dagwasm() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        System.setOut(out);
        System.setErr(err);
        int code =
                execute(
                        new PrintWriter(out, true, StandardCharsets.UTF_8),
                        new PrintWriter(err, true, StandardCharsets.UTF_8),
                        args);
        if (out.checkError()) {
            err.println("standard output cannot be written");
            code = Math.max(code, NO);
        }
        err.flush();
        System.exit(code);
    }

    /** Executes the command with everything said going to the given writers. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return PlainRun.of(args)
                .map(run -> run.execute(out, err))
                .orElseGet(() -> commandLine(out, err).execute(args));
    }

    /** The command with everything said going to the given writers. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Dagwasm())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Dagwasm::badArguments)
                .setExecutionExceptionHandler(Dagwasm::failed);
    }

    private static int badArguments(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String sentence = e.getMessage().replaceAll("\\s*\\R\\s*", " ");
        List<String> meant =
                e instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        String suggestion = meant.isEmpty() ? "" : "; did you mean '" + meant.get(0) + "'?";
        command.getErr()
                .println(
                        sentence
                                + suggestion
                                + " (see '"
                                + command.getCommandSpec().qualifiedName()
                                + " --help')");
        return UNUSABLE;
    }

    /**
     * A run that fails is told by its command; what comes to here kept a pipeline from running at
     * all.
     */
    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(e instanceof DagWasmException)) {
            throw e;
        }
        command.getErr().println(e.getMessage());
        return UNUSABLE;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
