package io.github.dagwasm.examples.jms;

import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.FreePort;
import io.github.dagwasm.examples.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The example's broker in a process of its own, by the command that its README shows. */
final class BrokerProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final FreePort port;
    private final Path folder;
    private Process process;

    private BrokerProcess(FreePort port, Path folder) {
        this.port = port;
        this.folder = folder;
    }

    static BrokerProcess start(Path folder) throws IOException {
        BrokerProcess broker = new BrokerProcess(FreePort.find(), folder);
        broker.start();
        return broker;
    }

    /** Starts it, on the messages that it had. */
    void start() throws IOException {
        Path target = WorkerProcess.ROOT.resolve("examples/jms/target");
        Path log = Files.createDirectories(folder).resolve("broker.log");
        Files.deleteIfExists(log);
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                                "io.github.dagwasm.examples.jms.Broker",
                                port.toString(),
                                folder.resolve("messages").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        await().atMost(LIMIT)
                .until(() -> !process.isAlive() || Files.readString(log).contains("ready: "));
        if (!process.isAlive()) {
            throw new IOException("no broker:\n" + Files.readString(log));
        }
    }

    int port() {
        return port.number();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** By SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
