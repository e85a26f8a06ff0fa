package io.github.dagwasm.examples.jms;

import io.github.dagwasm.examples.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A copy of the example's folder to serve. It sends and receives no files unless asked to.
 *
 * @param folder the copy
 * @param port the broker's
 * @param classPath what the copy needs beside the command line's jars
 */
record JmsExample(Path folder, int port, String classPath) {

    static JmsExample copy(Path folder, int port) throws IOException {
        Path example = WorkerProcess.ROOT.resolve("examples/jms");
        for (String file :
                List.of(
                        "application.properties",
                        "orders.camel.yaml",
                        "requests.camel.yaml",
                        "files.camel.yaml",
                        "pipelines/text.yaml")) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(example.resolve(file), copy);
        }
        return new JmsExample(folder, port, WorkerProcess.classPathOf("jms"));
    }

    /** The same with more on its class path. */
    JmsExample with(Path classes) {
        return new JmsExample(folder, port, classPath + ":" + classes);
    }

    /** Starts a worker and does not wait. */
    WorkerProcess start(String name, Map<String, String> properties) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("orders.files", "false"));
        all.put("orders.worker", name);
        all.putAll(properties);
        return WorkerProcess.start(
                folder,
                all,
                Map.of(
                        "JMS_PORT",
                        Integer.toString(port),
                        "JMS_BROKER_WANTED",
                        "false",
                        "DAGWASM_CLASSPATH",
                        classPath));
    }

    WorkerProcess ready(String name, Map<String, String> properties) throws IOException {
        WorkerProcess worker = start(name, properties);
        try {
            worker.awaitReady();
            return worker;
        } catch (IOException | RuntimeException e) {
            worker.close();
            throw e;
        }
    }
}
