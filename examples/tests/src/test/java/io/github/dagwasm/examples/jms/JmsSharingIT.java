package io.github.dagwasm.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.examples.Crashes;
import io.github.dagwasm.examples.WorkerProcess;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers of the example jms on one queue. {@code -Ddagwasm.jms.shared} and {@code
 * -Ddagwasm.jms.rounds} make it larger, so that what it prints means something.
 */
@Tag("ci")
class JmsSharingIT {

    private static final int MESSAGES = Integer.getInteger("dagwasm.jms.shared", 300);
    private static final int ROUNDS = Integer.getInteger("dagwasm.jms.rounds", 1);
    private static final long SEED = Long.getLong("dagwasm.jms.seed", 20261123);
    private static final int LONGEST = 16 << 10;

    @TempDir Path folder;

    private final Orders orders = new Orders(SEED, LONGEST);

    @Test
    void twoWorkersShareAQueue() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"))) {
            JmsExample example = JmsExample.copy(folder.resolve("jms"), broker.port());
            ConnectionFactory connections = Orders.connections(broker.port());
            try (Results done = Results.of(connections, "orders.done", orders::readDone);
                    Results failed = Results.of(connections, "orders.failed", orders::readFailed);
                    WorkerProcess first = example.ready("first", Map.of())) {
                process(connections, done, failed);
                for (int round = 0; round < ROUNDS; round++) {
                    Duration alone = process(connections, done, failed);
                    Map<String, Long> before = orders.byWorker();
                    Duration together;
                    try (WorkerProcess second = example.ready("second", Map.of())) {
                        process(connections, done, failed);
                        together = process(connections, done, failed);
                        assertThat(second.stop()).isZero();
                    }
                    print(alone, together, before);
                }
                assertThat(first.stop()).isZero();
            }
        }

        assertThat(orders.tally().missing()).as("lost").isEmpty();
        assertThat(orders.tally().duplicates()).isZero();
        assertThat(orders.byWorker()).containsOnlyKeys("first", "second");
    }

    private Duration process(ConnectionFactory connections, Results done, Results failed)
            throws Exception {
        long start = System.nanoTime();
        orders.send(connections, MESSAGES);
        Crashes.awaitProcessed(
                orders.tally().expected(),
                orders.tally()::processed,
                () -> {
                    done.requireSound();
                    failed.requireSound();
                    return true;
                });
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @SuppressWarnings("SystemOut") // What a larger run is for.
    private void print(Duration alone, Duration together, Map<String, Long> before) {
        System.out.printf(
                "JMS: one worker %.0f messages/s, two workers %.0f messages/s, of these %d by the"
                        + " first, %d by the second%n",
                MESSAGES * 1e9 / alone.toNanos(),
                MESSAGES * 1e9 / together.toNanos(),
                orders.byWorker().get("first") - before.get("first"),
                orders.byWorker().getOrDefault("second", 0L) - before.getOrDefault("second", 0L));
    }
}
