package io.github.dagwasm.applications;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The application, in a process of its own. */
final class ApplicationProcess {

    /**
     * How it ended.
     *
     * @param code its exit code
     * @param out what it printed, with what it printed on standard error
     */
    record Said(int code, String out) {}

    private static final String PREFIX = "-Dcamel.component.dagwasm.";

    /** Not so camel-main, which knows the variables of Camel's own components alone. */
    private static final boolean READS_ENVIRONMENT = Boolean.getBoolean("application.environment");

    private ApplicationProcess() {}

    /**
     * Runs its jar to its end.
     *
     * @param options of the component, as in {@code max-instances=3}
     */
    static Said run(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (String option : options) {
            arguments.add(PREFIX + option);
        }
        if (!READS_ENVIRONMENT) {
            arguments.add(PREFIX + "pool-size=3");
        }
        arguments.addAll(List.of("-jar", System.getProperty("application.jar")));
        return run(arguments);
    }

    /** Runs one of its classes with another class path. */
    static Said run(List<Path> path, String main) throws IOException, InterruptedException {
        String joined =
                path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return run(List.of("-cp", joined, main));
    }

    private static Said run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (READS_ENVIRONMENT) {
            builder.environment().put("CAMEL_COMPONENT_DAGWASM_POOL_SIZE", "3");
        }
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out);
    }
}
