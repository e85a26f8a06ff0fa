package io.github.dagwasm.examples.kafka;

import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.FreePort;
import io.github.dagwasm.examples.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The example's broker in a process of its own, which can be killed and started again with its
 * data; killed with the test at the latest.
 */
final class BrokerProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Path folder;
    private final FreePort port;
    private Process process;

    private BrokerProcess(Path folder, FreePort port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts one and waits until it takes connections. */
    static BrokerProcess start(Path folder) throws IOException {
        BrokerProcess broker = new BrokerProcess(folder, FreePort.find());
        broker.restart();
        return broker;
    }

    FreePort port() {
        return port;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** By SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again where it was, and waits until it takes connections. */
    void restart() throws IOException {
        Path out = folder.resolveSibling("broker.out");
        Files.deleteIfExists(out);
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Xmx512m",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                                "-cp",
                                WorkerProcess.classPathOf("kafka")
                                        + ":"
                                        + WorkerProcess.ROOT.resolve(
                                                "dagwasm-cli/target/dagwasm/lib/*"),
                                "io.github.dagwasm.examples.kafka.Broker",
                                port.toString(),
                                folder.toString(),
                                "orders=1048576",
                                "orders.done",
                                "orders.failed")
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolveSibling("broker.err").toFile()))
                        .start();
        await().atMost(LIMIT).until(() -> !process.isAlive() || isReady(out));
        if (!isReady(out)) {
            throw new IOException(
                    "no broker:\n" + Files.readString(folder.resolveSibling("broker.err")));
        }
    }

    private static boolean isReady(Path out) throws IOException {
        return Files.readString(out).startsWith("ready: ");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
