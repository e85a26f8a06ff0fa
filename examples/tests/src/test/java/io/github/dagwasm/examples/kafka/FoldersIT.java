package io.github.dagwasm.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.WorkerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that the example kafka writes. */
@Tag("ci")
class FoldersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir Path folder;

    @Test
    void aRecordWithoutAValueHoldsUpNoFileAfterIt() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"));
                Orders orders = new Orders(broker)) {
            Path served = folder.resolve("example");
            Workers workers = new Workers(served, broker);
            Files.copy(
                    WorkerProcess.ROOT.resolve("examples/kafka/folders.camel.yaml"),
                    served.resolve("folders.camel.yaml"));
            try (WorkerProcess worker = workers.ready()) {
                orders.send(new ProducerRecord<>("orders", 1, null, null));
                orders.send(
                        new ProducerRecord<>(
                                "orders", 1, null, "A".getBytes(StandardCharsets.UTF_8)));
                orders.flush();

                Path last = served.resolve("outbox/1-1.txt");
                await().atMost(PATIENCE).until(() -> Files.exists(last));

                assertThat(last).hasContent("a-wasm");
                assertThat(served.resolve("outbox/1-0.txt")).isEmptyFile();
                assertThat(worker.stop()).isZero();
            }
        }
    }
}
