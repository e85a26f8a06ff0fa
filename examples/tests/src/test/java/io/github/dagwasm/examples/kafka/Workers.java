package io.github.dagwasm.examples.kafka;

import io.github.dagwasm.examples.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Workers of the example, without its folders, at a broker that is a process of its own. */
final class Workers {

    private static final Path EXAMPLE = WorkerProcess.ROOT.resolve("examples/kafka");
    private static final List<String> FILES =
            List.of("application.properties", "orders.camel.yaml", "pipelines/orders.yaml");

    private final Path folder;
    private final BrokerProcess broker;

    /** Copies what they serve. */
    Workers(Path folder, BrokerProcess broker) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("pipelines"));
        this.broker = broker;
        for (String file : FILES) {
            Files.copy(EXAMPLE.resolve(file), folder.resolve(file));
        }
    }

    /** Starts one and waits until it serves, which may be before it has partitions. */
    WorkerProcess ready() throws IOException {
        // One that was killed is missed soon.
        return WorkerProcess.ready(
                folder,
                Map.of("kafka.session.millis", "3000"),
                Map.of(
                        "DAGWASM_CLASSPATH",
                        WorkerProcess.classPathOf("kafka"),
                        "KAFKA_PORT",
                        broker.port().toString(),
                        "KAFKA_BROKER_WANTED",
                        "false"));
    }
}
