package io.github.dagwasm.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagwasm run}: sends one text through a pipeline. */
@Command(
        name = "run",
        description = "Sends one text through a pipeline and tells what became of it.",
        mixinStandardHelpOptions = true)
final class RunCommand extends PipelineCommand {

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TEXT",
            description =
                    "The text; several are joined by blanks. A single - reads standard input, without its last newline.")
    private List<String> texts;

    @Option(
            names = "--output",
            defaultValue = "REPORT",
            description = "What to print: ${COMPLETION-CANDIDATES}. Default: report.")
    private TextRun.Output output;

    @Override
    int answer(LoadedPipeline loaded, PrintWriter out) {
        return new TextRun(file(), texts, output).answer(loaded.pipeline(), out, err());
    }
}
