package io.github.dagwasm.cli;

import io.github.dagwasm.pipeline.Environment;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.pipeline.ProcessorParameters;
import io.github.dagwasm.pipeline.ProcessorParameters.Parameter;
import io.github.dagwasm.spi.ResourceSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Which pipeline file a command is about, and what its placeholders stand for; or which module, as
 * a pipeline of its own.
 */
final class PipelineArgument {

    /** The folder of the files that are served; here that of the one file. */
    private static final String FOLDER_KEY = "dagwasm.dir";

    private static final String COMPONENT = "camel.component.dagwasm.";

    private static final String MODULE_SUFFIX = ".wasm";

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The pipeline file; or a WebAssembly module, *.wasm, by itself.")
    private Path file;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = {
                "An option of the module that FILE is, as in --option abi=wasi.",
                "A list has commas: --option args=--to,xml. A comma within an item is written \\,."
            })
    private List<String> options = new ArrayList<>();

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = {
                "What the placeholder {{KEY}} stands for.",
                "Where it is absent, the JVM's properties are asked, then the environment: for KEY in capitals, with _ for . and -.",
                "{{env:NAME}} and {{sys:NAME}} ask the environment or the JVM's properties alone.",
                "{{dagwasm.dir}} is the folder that FILE is in, unless -D says otherwise.",
                "-Dcamel.component.dagwasm.OPTION=VALUE sets an option of the component, such as authors=restricted."
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

    /** Whether options are given that a pipeline file would say itself. */
    boolean hasStrayOptions() {
        return !isModule() && !options.isEmpty();
    }

    /** Reads what it names. */
    PipelineDefinition read(PipelineReader reader) {
        return isModule() ? reader.read(module()) : reader.read(file);
    }

    private boolean isModule() {
        return file.toString().endsWith(MODULE_SUFFIX);
    }

    private ProcessorParameters module() {
        String module = file.toString();
        return new ProcessorParameters(
                module,
                ResourceSearch.nameOf(module, List.of(MODULE_SUFFIX)),
                "wasm",
                List.of(new Parameter("module", module)),
                options.stream().map(PipelineArgument::option).toList(),
                Map.of("module", ""));
    }

    /** The reader looks at names and values, and tells of a name that is there twice. */
    private static Parameter option(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new Parameter(text, "")
                : new Parameter(text.substring(0, equals), text.substring(equals + 1));
    }

    /** Whether an operator's options of the component are among the properties. */
    boolean isOperated() {
        return properties.keySet().stream().anyMatch(key -> key.startsWith(COMPONENT));
    }

    /** All properties, the folder of the file among them. */
    Map<String, String> allProperties() {
        Map<String, String> all = new LinkedHashMap<>();
        folder().ifPresent(folder -> all.put(FOLDER_KEY, folder));
        all.putAll(properties);
        return all;
    }

    Placeholders placeholders() {
        return Placeholders.of(this::value);
    }

    /** As in a served folder: what was given, then the JVM's properties, then the environment. */
    private Optional<String> value(String key) {
        return Optional.ofNullable(properties.get(key))
                .or(() -> key.equals(FOLDER_KEY) ? folder() : Optional.empty())
                .or(() -> Optional.ofNullable(System.getProperty(key)))
                .or(() -> Environment.variable(key));
    }

    private Optional<String> folder() {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).map(Path::toString);
    }
}
