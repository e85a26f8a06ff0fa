package io.github.dagwasm.cli;

import io.github.dagwasm.pipeline.Placeholders;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pipeline file a command is about, and what its placeholders stand for. */
final class PipelineArgument {

    /** The folder of the files that are served; here that of the one file. */
    private static final String FOLDER_KEY = "dagwasm.dir";

    @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline file.")
    private Path file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = {
                "What the placeholder {{KEY}} stands for.",
                "Where it is absent, the environment is asked: for KEY, then for KEY in capitals with _ for anything else.",
                "{{dagwasm.dir}} is the folder that FILE is in, unless -D says otherwise."
            })
    private Map<String, String> properties = new LinkedHashMap<>();

    /** Arguments yet to be filled in. */
    PipelineArgument() {}

    /** A file without any option. */
    PipelineArgument(Path file) {
        this.file = file;
    }

    @Option(
            names = {"-v", "--verbose"},
            description =
                    "Say on standard error which file each module was loaded from, and what guests log.")
    void verbose(boolean wanted) {
        if (wanted) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
        }
    }

    Path file() {
        return file;
    }

    Placeholders placeholders() {
        return Placeholders.of(this::value);
    }

    private Optional<String> value(String key) {
        String variable = key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return Optional.ofNullable(properties.get(key))
                .or(() -> key.equals(FOLDER_KEY) ? folder() : Optional.empty())
                .or(() -> Optional.ofNullable(System.getenv(key)))
                .or(() -> Optional.ofNullable(System.getenv(variable)));
    }

    private Optional<String> folder() {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).map(Path::toString);
    }
}
