package io.github.dagwasm.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.Crashes;
import io.github.dagwasm.examples.Tally;
import io.github.dagwasm.examples.WorkerProcess;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker may start before its broker: it is ready when the broker is. */
@Tag("ci")
class JmsStartIT {

    private static final int MESSAGES = 20;
    private static final Duration A_WHILE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir Path folder;

    @Test
    void aWorkerThatStartsWithoutItsBrokerWaitsForIt() throws Exception {
        Orders orders = new Orders(1, 100);
        Tally tally = orders.tally();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"))) {
            ConnectionFactory connections = Orders.connections(broker.port());
            orders.send(connections, MESSAGES);
            broker.kill();
            JmsExample example = JmsExample.copy(folder.resolve("jms"), broker.port());

            try (WorkerProcess worker = example.start("early", Map.of())) {
                await().during(A_WHILE)
                        .atMost(PATIENCE)
                        .until(() -> worker.isAlive() && !worker.isReady());
                broker.start();
                worker.awaitReady();

                try (Results done = Results.of(connections, "orders.done", orders::readDone);
                        Results failed =
                                Results.of(connections, "orders.failed", orders::readFailed)) {
                    Crashes.awaitProcessed(
                            MESSAGES,
                            tally::processed,
                            () -> {
                                done.requireSound();
                                failed.requireSound();
                                return worker.isAlive() && broker.isAlive();
                            });
                }
                assertThat(worker.stop()).isZero();
            }
        }
        assertThat(tally.missing()).isEmpty();
    }
}
