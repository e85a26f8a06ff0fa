package io.github.dagwasm.cli;

import io.github.dagwasm.cli.inspect.ModuleComparison;
import io.github.dagwasm.cli.inspect.ModuleJson;
import io.github.dagwasm.cli.inspect.ModuleText;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.wasm.ModuleInspection;
import io.github.dagwasm.wasm.ModuleInspector;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dagwasm inspect}: tells what a module is, and whether it would be admitted. */
@Command(
        name = "inspect",
        description = {
            "Tells whether a WebAssembly module would be admitted, why not, and what it is and asks for. None of its code is run.",
            "With --diff, tells how MODULE differs from OLD, and whether it asks for more."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the module is admitted; with --diff, it is and asks for no more than OLD",
            "1:the module is refused; with --diff, it is or asks for more than OLD",
            "2:the arguments are at fault, or a file that is not there, cannot be read or is no WebAssembly"
        })
final class InspectCommand implements Callable<Integer> {

    /** What to print. */
    enum Output {
        /** For people. */
        TEXT,
        /** For programs. */
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "MODULE",
            description =
                    "The module: a path, looked for in the working directory, then on the class path, or a file: or classpath: resource.")
    private String module;

    @Option(
            names = "--diff",
            paramLabel = "OLD",
            description = "The module that MODULE is to take the place of.")
    private Optional<String> old;

    @Option(
            names = "--abi",
            paramLabel = "NAME",
            completionCandidates = Abis.class,
            description = "The calling convention: ${COMPLETION-CANDIDATES}. Default: found out.")
    private Optional<String> abi;

    @Option(
            names = "--function",
            paramLabel = "NAME",
            description =
                    "The exported function that takes the text. Default: the convention's own.")
    private Optional<String> function;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "A number of a pipeline's block wasm:, called as in a refusal: a limit, a budget or the time to load.",
                "As in --set limits.memory_mb=128",
                "or --set wasm.admission.locals=9000000"
            })
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--output",
            defaultValue = "TEXT",
            description = "What to print: ${COMPLETION-CANDIDATES}. Default: text.")
    private Output output;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        KeyValues options = options();
        try (ModuleInspector inspector = new ModuleInspector(settings())) {
            Optional<ModuleInspection> before = old.map(m -> inspector.inspect(m, options));
            ModuleInspection inspection = inspector.inspect(module, options);
            boolean yes =
                    before.isPresent()
                            ? compared(new ModuleComparison(before.get(), inspection), out)
                            : told(inspection, out);
            out.flush();
            return yes ? Dagwasm.OK : Dagwasm.NO;
        }
    }

    private boolean told(ModuleInspection inspection, PrintWriter out) {
        switch (output) {
            case TEXT -> out.print(new ModuleText(inspection));
            case JSON -> out.println(ModuleJson.of(inspection));
        }
        return inspection.admitted();
    }

    private boolean compared(ModuleComparison comparison, PrintWriter out) {
        switch (output) {
            case TEXT -> out.print(comparison);
            case JSON -> out.println(comparison.toJson());
        }
        return !comparison.asksForMore();
    }

    private KeyValues options() {
        Map<String, Object> options = new LinkedHashMap<>();
        abi.ifPresent(name -> options.put("abi", known(name)));
        function.ifPresent(name -> options.put("function", name));
        return new KeyValues(options);
    }

    private String known(String name) {
        if (!new Abis().names().contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--abi: no calling convention '"
                            + name
                            + "'; there are "
                            + String.join(", ", new Abis().names()));
        }
        return name;
    }

    /** The calling conventions there are. */
    private static final class Abis implements Iterable<String> {

        private Set<String> names() {
            return ModuleInspector.options().stream()
                    .filter(option -> option.name().equals("abi"))
                    .findFirst()
                    .orElseThrow()
                    .choices()
                    .keySet();
        }

        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }

    private KeyValues settings() {
        try {
            return new SettingArguments(ModuleInspector.settings()).values(settings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--set: " + e.getMessage(), e);
        }
    }
}
