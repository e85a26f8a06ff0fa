package io.github.dagwasm.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code dagwasm serve} of its own, by the launcher; ended with the test at the latest. */
final class ServedFolder implements AutoCloseable {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Signal 2 as a bit of a mask. */
    private static final long SIGINT = 1L << 1;

    private final Process process;
    private final Path out;
    private final Path err;

    /** What it said, and its exit code. */
    record Answer(int code, String out, String err) {}

    private ServedFolder(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Runs it in the folder that the served one lies in, so that it is called by its name. */
    static ServedFolder start(Path folder, Map<String, String> environment, String... options)
            throws IOException {
        Path out = Files.createTempFile("serve", ".out");
        Path err = Files.createTempFile("serve", ".err");
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("dagwasm").toString());
        command.add("serve");
        command.addAll(List.of(options));
        command.add(folder.getFileName().toString());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.getParent().toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new ServedFolder(builder.start(), out, err);
    }

    static ServedFolder ready(Path folder, String... options) throws IOException {
        ServedFolder served = start(folder, Map.of(), options);
        await().atMost(LIMIT).until(() -> !served.process.isAlive() || served.isReady());
        if (!served.isReady()) {
            throw new IOException("not ready: " + served.err());
        }
        return served;
    }

    private boolean isReady() throws IOException {
        return out().lines().anyMatch(line -> line.startsWith("ready: "));
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    /** By SIGTERM. */
    Answer stop() throws IOException, InterruptedException {
        process.destroy();
        return ended();
    }

    Answer interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        return ended();
    }

    /** A process inherits that, and a JVM then leaves it so. Known on Linux only. */
    static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) {
            return false;
        }
        String mask =
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> line.substring("SigIgn:".length()).strip())
                        .findFirst()
                        .orElse("0");
        return (Long.parseUnsignedLong(mask, 16) & SIGINT) != 0;
    }

    Answer ended() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("does not end; so far:\n" + out() + err());
        }
        return new Answer(process.exitValue(), out(), err());
    }

    /** Writes it whole at once, as a sender should. */
    static void drop(Path file, byte[] content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName());
        Files.createDirectories(file.getParent());
        Files.write(part, content);
        Files.move(part, file);
    }

    static void drop(Path file, String content) throws IOException {
        drop(file, content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(out);
        Files.delete(err);
    }
}
