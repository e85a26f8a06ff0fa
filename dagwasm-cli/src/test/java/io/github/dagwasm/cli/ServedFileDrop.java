package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The example file-drop in a folder of its own, and the process that serves it. */
final class ServedFileDrop {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path folder;
    private final Path log;
    private final List<String> user;
    private Process process;

    /**
     * Copies the example.
     *
     * @param folder where to
     * @param log what the process says, anew for each process
     * @param user what a command begins with that another user shall run
     */
    ServedFileDrop(Path folder, Path log, List<String> user) throws IOException {
        this.folder = folder;
        this.log = log;
        this.user = user;
        for (String file : List.of("file-drop.dagwasm.yaml", "errors.camel.yaml")) {
            Files.copy(ROOT.resolve("examples/file-drop").resolve(file), folder.resolve(file));
        }
        Files.createDirectories(folder.resolve("inbox"));
    }

    static int exitCode(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(user);
        command.add(ROOT.resolve("dagwasm").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    boolean canBeServed() throws Exception {
        return exitCode(command("--version").toArray(String[]::new)) == 0;
    }

    void put(String name, String text) throws IOException {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String name, byte[] bytes) throws IOException {
        Files.write(file("inbox/" + name), bytes);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** The names in a folder that can be seen. */
    Set<String> names(String box) throws IOException {
        Set<String> names = new HashSet<>();
        if (Files.isDirectory(file(box))) {
            try (Stream<Path> files = Files.list(file(box))) {
                files.map(file -> file.getFileName().toString()).forEach(names::add);
            }
        }
        return names;
    }

    void serve() throws IOException {
        process =
                new ProcessBuilder(command("serve", folder.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    /** The lines of the process that begin with a word. */
    List<String> lines(String word) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith(word + ":"))
                .toList();
    }

    void awaitLine(String pattern) {
        await().atMost(PATIENCE)
                .until(() -> Files.readAllLines(log).stream().anyMatch(l -> l.matches(pattern)));
    }

    void awaitAnEmptyInbox() {
        await().atMost(PATIENCE).until(() -> names("inbox").isEmpty());
    }

    /** Stops the process, and gives its last line. */
    String stop() throws Exception {
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("it stops").isTrue();
        assertThat(process.exitValue()).isZero();
        List<String> lines = Files.readAllLines(log);
        return lines.get(lines.size() - 1);
    }

    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
