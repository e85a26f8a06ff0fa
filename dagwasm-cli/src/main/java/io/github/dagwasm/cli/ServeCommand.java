package io.github.dagwasm.cli;

import io.github.dagwasm.cli.serve.FolderServer;
import io.github.dagwasm.cli.serve.RouteFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dagwasm serve}: runs the routes of a folder until it is stopped. */
@Command(
        name = "serve",
        description = {
            "Runs the routes of a folder on Camel until it is stopped: every *.dagwasm.yaml and *.camel.yaml directly in it, configured by its application.properties.",
            "Standard output tells the routes and modules, then 'ready: ...' once everything has started, and at the end how many exchanges were done and failed. Each failure is a line on standard error."
        },
        footer = {
            "",
            "SIGTERM and SIGINT (Ctrl+C) finish what is under way, for as long as camel.main.shutdownTimeout says (25 seconds).",
            "Components of Camel other than bean, direct, file, log, seda and timer come as jars in DAGWASM_CLASSPATH."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped, and nothing that was under way was cut off",
            "1:stopped, but what was under way when the time was up was cut off",
            "2:the folder, a file in it, the arguments, or a module is at fault; nothing was served"
        })
final class ServeCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder.")
    private Path folder;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = {
                "A property of Camel, which is also what {{KEY}} stands for. It wins over application.properties, and that over the environment.",
                "{{dagwasm.dir}} is DIR's absolute path, unless -D says otherwise."
            })
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = {"-v", "--verbose"},
            description =
                    "Say on standard error what Camel does, what routes log, which file each module was loaded from, what guests log, and failures with their stack traces.")
    void verbose(boolean wanted) {
        verbose = wanted;
        if (wanted) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
        }
    }

    private boolean verbose;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        return new FolderServer(
                        RouteFolder.of(folder),
                        properties,
                        verbose,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .serve();
    }
}
