package io.github.dagwasm.examples;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code ./dagwasm serve FOLDER} of its own, killed with the test at the latest. The launcher
 * becomes the JVM, so that this is one process with one id.
 */
public final class WorkerProcess implements AutoCloseable {

    /** The project's root. */
    public static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent().getParent();

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String READY = "ready: ";

    private final Process process;
    private final Path out;
    private final Path err;

    private WorkerProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it and does not wait.
     *
     * @param properties the JVM's; without blanks, as the launcher splits them there
     * @param environment added to this process's own
     */
    public static WorkerProcess start(
            Path folder, Map<String, String> properties, Map<String, String> environment)
            throws IOException {
        Path out = Files.createTempFile("worker", ".out");
        Path err = Files.createTempFile("worker", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(ROOT.resolve("dagwasm").toString(), "serve", folder.toString())
                        .directory(ROOT.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DAGWASM_JAVA_OPTS", options(properties));
        builder.environment().putAll(environment);
        return new WorkerProcess(builder.start(), out, err);
    }

    /** Starts it and waits until it serves. */
    public static WorkerProcess ready(
            Path folder, Map<String, String> properties, Map<String, String> environment)
            throws IOException {
        WorkerProcess worker = start(folder, properties, environment);
        try {
            worker.awaitReady();
            return worker;
        } catch (IOException | RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    /**
     * What a folder needs on {@code DAGWASM_CLASSPATH} to be served like {@code examples/NAME} of
     * which it is a copy without the {@code pom.xml}: the example's classes and the jars that the
     * command line has not.
     */
    public static String classPathOf(String example) throws IOException {
        Path target = ROOT.resolve("examples").resolve(example).resolve("target");
        Path app = ROOT.resolve("dagwasm-cli/target/dagwasm/lib");
        List<String> entries = new ArrayList<>(List.of(target.resolve("classes").toString()));
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            jars.filter(jar -> Files.notExists(app.resolve(jar.getFileName())))
                    .forEach(jar -> entries.add(jar.toString()));
        }
        return String.join(":", entries);
    }

    private static String options(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                .collect(Collectors.joining(" "));
    }

    /**
     * Waits until it serves.
     *
     * @throws IOException if it has ended instead, with what it said
     */
    public void awaitReady() throws IOException {
        await().atMost(LIMIT).until(() -> !process.isAlive() || isReady());
        if (!isReady()) {
            throw new IOException("not ready:\n" + out() + err());
        }
    }

    /** Whether it has said that it serves. */
    public boolean isReady() throws IOException {
        return out().lines().anyMatch(line -> line.startsWith(READY));
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The id of the process. */
    public long pid() {
        return process.pid();
    }

    /** By SIGKILL: nothing of it runs any more when this returns. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * By SIGTERM.
     *
     * @return its exit code
     * @throws IOException if it does not end
     */
    public int stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("does not end; so far:\n" + out() + err());
        }
        return process.exitValue();
    }

    /** What it has said so far on standard output. */
    public String out() throws IOException {
        return Files.readString(out);
    }

    /** What it has said so far on standard error. */
    public String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
