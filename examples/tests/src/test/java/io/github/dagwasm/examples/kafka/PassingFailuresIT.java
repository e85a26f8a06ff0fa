package io.github.dagwasm.examples.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the example kafka does with a failure that can pass, and takes its time. */
@Tag("ci")
class PassingFailuresIT {

    private static final int PARTITION = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir Path folder;

    /** Three redeliveries are too few for it: the worker asks for the record anew. */
    @Test
    void aRecordIsTriedUntilItsFailureHasPassedAndNoneOvertakesIt() throws Exception {
        List<String> done = new ArrayList<>();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"));
                Orders orders = new Orders(broker);
                WorkerProcess worker =
                        new Workers(folder.resolve("example"), broker).rehearsing().ready()) {
            Stream.of("before", "fails 6", "after")
                    .map(
                            text ->
                                    new ProducerRecord<byte[], byte[]>(
                                            "orders", PARTITION, null, text.getBytes(UTF_8)))
                    .forEach(orders::send);
            orders.flush();
            await().atMost(PATIENCE)
                    .until(
                            () -> {
                                for (ConsumerRecord<byte[], byte[]> result : orders.results()) {
                                    done.add(
                                            result.topic()
                                                    + ": "
                                                    + new String(result.value(), UTF_8));
                                }
                                return done.size() >= 3 && orders.uncommitted() == 0;
                            });

            assertThat(worker.stop()).isZero();
        }
        assertThat(done)
                .containsExactly(
                        "orders.done: before", "orders.done: fails 6", "orders.done: after");
    }
}
