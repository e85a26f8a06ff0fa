package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JVM of its own, which ends where its heap does.
 *
 * @param jdk the JDK's version, 17 or 25
 * @param collector the garbage collector, as in {@code G1}
 * @param heap the size of the heap, as in {@code 256m}
 */
public record ChildJvm(int jdk, String collector, String heap) {

    /**
     * Outcome of a JVM.
     *
     * @param status its exit status
     * @param output all that it wrote
     */
    public record Ended(int status, String output) {

        // Some versions of Camel log each message that fails, before this line.
        private static final Pattern COUNTS = Pattern.compile("answered (\\d+), full (\\d+)\n\\z");

        /**
         * What a {@link Crowd} told at the end of a JVM that ended well.
         *
         * @return the counts
         */
        public Counts counts() {
            assertThat(status).as(output).isZero();
            Matcher found = COUNTS.matcher(output);
            assertThat(found.find()).as(output).isTrue();
            return new Counts(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
        }
    }

    /**
     * How the calls of a {@link Crowd} ended.
     *
     * @param answered how many were answered
     * @param full how many were told that the sandbox is full
     */
    public record Counts(int answered, int full) {}

    /**
     * Runs a main class with the class path of this JVM, and waits for its end.
     *
     * @param main the class
     * @param arguments its arguments
     * @return how it ended
     */
    public Ended run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Optional<Path> java = java();
        assumeTrue(
                java.isPresent(),
                "there is no JDK %d: JAVA%d_HOME is not set, and none is in /usr/lib/jvm"
                        .formatted(jdk, jdk));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java.get().toString(),
                                "-Xmx" + heap,
                                "-XX:+Use" + collector + "GC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-Dorg.slf4j.simpleLogger.log.dagwasm.guest=info",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private Optional<Path> java() throws IOException {
        if (Runtime.version().feature() == jdk) {
            return Optional.of(java(System.getProperty("java.home")));
        }
        String home = System.getenv("JAVA" + jdk + "_HOME");
        return home == null ? installed() : Optional.of(java(home));
    }

    private Optional<Path> installed() throws IOException {
        Path folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> each.getFileName().toString().contains("-" + jdk + "-"))
                    .map(each -> java(each.toString()))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    private static Path java(String home) {
        return Path.of(home, "bin", "java");
    }
}
