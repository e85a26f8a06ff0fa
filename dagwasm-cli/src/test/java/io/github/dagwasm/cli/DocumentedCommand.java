package io.github.dagwasm.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A command that a document shows, with the output that it shows for it.
 *
 * @param line where it stands, from 1
 * @param script the command, its last line ended
 * @param output what a terminal would show of it, its last line ended; may be empty
 */
record DocumentedCommand(int line, String script, String output) {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern MEASURED = Pattern.compile("~\\d+ms|(?<=_ns\":) ?\\d+");

    /**
     * Runs the command with bash, with nothing to read but what it brings along, on the JDK that
     * this test runs on.
     *
     * @return its standard output and error as they come; a last line not ended is ended
     */
    String run(Path directory) throws IOException, InterruptedException {
        Path file = Files.createTempFile("documented", ".sh");
        Path shown = Files.createTempFile("documented", ".out");
        try {
            // A file: what Java passes as an argument depends on the locale.
            Files.writeString(file, script);
            ProcessBuilder builder =
                    new ProcessBuilder("bash", file.toString())
                            .directory(directory.toFile())
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(shown.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            // The broker of an example is no matter of what else listens on this machine.
            builder.environment().put("KAFKA_PORT", freePort());
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new IOException("not done in " + LIMIT + "; so far:\n" + read(shown));
            }
            return read(shown);
        } finally {
            Files.delete(file);
            Files.delete(shown);
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    /**
     * A text without what is measured in it: {@code ~5ms} and the numbers of {@code "x_ns"}. Fuel
     * is the same each time, so it stays.
     */
    static String withoutMeasures(String text) {
        return MEASURED.matcher(text).replaceAll("(measured)");
    }

    private static String read(Path file) throws IOException {
        String text = Files.readString(file);
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }
}
