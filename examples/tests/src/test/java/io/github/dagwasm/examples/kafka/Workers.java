package io.github.dagwasm.examples.kafka;

import io.github.dagwasm.examples.WorkerProcess;
import io.github.dagwasm.local.GatedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Workers of the example, without its folders, at a broker that is a process of its own. */
final class Workers {

    private static final Path EXAMPLE = WorkerProcess.ROOT.resolve("examples/kafka");
    private static final List<String> FILES =
            List.of("application.properties", "orders.camel.yaml", "pipelines/orders.yaml");

    private static final String REHEARSED =
            "processors: [ { id: rehearsal, backend: local, impl: rehearsal } ]";

    private final Path folder;
    private final BrokerProcess broker;
    private String classPath = WorkerProcess.classPathOf("kafka");

    /** Copies what they serve. */
    Workers(Path folder, BrokerProcess broker) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("pipelines"));
        this.broker = broker;
        for (String file : FILES) {
            Files.copy(EXAMPLE.resolve(file), folder.resolve(file));
        }
    }

    /** The same, whose orders go through a {@link io.github.dagwasm.examples.Rehearsal}. */
    Workers rehearsing() throws IOException {
        Files.writeString(folder.resolve("pipelines/orders.yaml"), REHEARSED);
        Files.writeString(
                folder.resolve("application.properties"),
                "\ncamel.beans.rehearsal = #class:io.github.dagwasm.examples.Rehearsal\n",
                StandardOpenOption.APPEND);
        classPath += ":" + WorkerProcess.ROOT.resolve("examples/tests/target/test-classes");
        return this;
    }

    /** Puts a gate before the orders of each worker. */
    GatedFolder gated() throws IOException {
        classPath += ":" + GatedFolder.classes();
        return GatedFolder.of(folder, "pipelines/orders.yaml");
    }

    /** Starts one and waits until it serves, which may be before it has partitions. */
    WorkerProcess ready() throws IOException {
        // One that was killed is missed soon.
        return WorkerProcess.ready(
                folder,
                Map.of("kafka.session.millis", "3000"),
                Map.of(
                        "DAGWASM_CLASSPATH",
                        classPath,
                        "KAFKA_PORT",
                        broker.port().toString(),
                        "KAFKA_BROKER_WANTED",
                        "false"));
    }
}
