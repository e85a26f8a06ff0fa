package io.github.dagwasm.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.Crashes;
import io.github.dagwasm.examples.WorkerProcess;
import io.github.dagwasm.local.GatedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example kafka, whose worker and whose broker are killed at random moments in the middle of
 * their work: before each kill comes an order that the worker cannot end. {@code
 * -Ddagwasm.kafka.records}, {@code -Ddagwasm.kafka.kills}, {@code -Ddagwasm.kafka.broker.kills} and
 * {@code -Ddagwasm.kafka.seed} make it larger or another one.
 */
@Tag("ci")
class KafkaIT {

    private static final int RECORDS = Integer.getInteger("dagwasm.kafka.records", 600);
    private static final int KILLS = Integer.getInteger("dagwasm.kafka.kills", 2);
    private static final int BROKER_KILLS = Integer.getInteger("dagwasm.kafka.broker.kills", 1);
    private static final long SEED = Long.getLong("dagwasm.kafka.seed", 20261123);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Pattern STOPPED = Pattern.compile("stopped: (\\d+) done, (\\d+) failed");

    @TempDir Path folder;

    private final Random random = new Random(SEED);
    private BrokerProcess broker;
    private Orders orders;
    private Arrivals arrivals;
    private Workers workers;

    @BeforeEach
    void start() throws Exception {
        broker = BrokerProcess.start(folder.resolve("broker"));
        orders = new Orders(broker);
        arrivals = new Arrivals(orders, random);
        workers = new Workers(folder.resolve("example"), broker);
    }

    @AfterEach
    void stop() {
        if (orders != null) {
            orders.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void everyRecordIsProcessedInOrderHoweverOftenTheWorkerIsKilled() throws Exception {
        GatedFolder gate = workers.gated();
        Crashes crashes = new Crashes(SEED, KILLS);
        for (int kill = 0; kill < KILLS; kill++) {
            try (WorkerProcess worker = workers.ready()) {
                String held = workInto(crashes, kill, gate, worker);
                worker.kill();
                assertThat(orders.uncommitted()).as("left at the kill").isPositive();
                gate.open(held);
            }
        }
        try (WorkerProcess worker = workers.ready()) {
            arrivals.send(crashes.portion(RECORDS, KILLS));
            finish(worker);
        }

        print(KILLS + " kills of the worker");
        requireAllInOrder();
        arrivals.requireRepeatsOfTheLastOnly();
    }

    @Test
    void everyRecordIsProcessedInOrderHoweverOftenTheBrokerIsKilled() throws Exception {
        GatedFolder gate = workers.gated();
        Crashes crashes = new Crashes(SEED, BROKER_KILLS);
        try (WorkerProcess worker = workers.ready()) {
            for (int kill = 0; kill < BROKER_KILLS; kill++) {
                String held = workInto(crashes, kill, gate, worker);
                assertThat(orders.uncommitted()).as("left at the kill").isPositive();
                broker.kill();
                broker.restart();
                gate.open(held);
            }
            arrivals.send(crashes.portion(RECORDS, BROKER_KILLS));
            finish(worker);
        }

        print(BROKER_KILLS + " kills of the broker");
        requireAllInOrder();
        arrivals.requireRepeatsOfTheLastOnly();
    }

    /**
     * Works until the next moment to kill at, which leaves an order that the gate holds. At every
     * second kill the worker is in the middle of that order, at the others it may be anywhere.
     */
    private String workInto(Crashes crashes, int kill, GatedFolder gate, WorkerProcess worker)
            throws Exception {
        int portion = crashes.portion(RECORDS, kill);
        arrivals.send(portion);
        crashes.awaitNext(portion, arrivals.sent(), this::processed, worker::isAlive);
        String held = gate.newText();
        arrivals.send(held);
        if (kill % 2 == 1) {
            Crashes.awaitUntil(() -> gate.isReached(held), worker::isAlive);
        }
        return held;
    }

    private int processed() {
        arrivals.look();
        return arrivals.processed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void workersOfAGroupShareThePartitions(int number) throws Exception {
        List<WorkerProcess> group = new ArrayList<>();
        try {
            for (int i = 0; i < number; i++) {
                group.add(workers.ready());
            }
            await().atMost(PATIENCE).until(() -> orders.workers() == number);
            arrivals.send(RECORDS);
            long begin = System.nanoTime();
            Crashes.awaitProcessed(RECORDS, this::processed, group.get(0)::isAlive);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            await().atMost(PATIENCE).until(() -> orders.uncommitted() == 0);

            int all = 0;
            for (WorkerProcess worker : group) {
                assertThat(worker.stop()).isZero();
                assertThat(done(worker)).isPositive();
                all += done(worker);
            }
            print("workers: " + number + ", " + millis + " ms");
            requireAllInOrder();
            assertThat(all).isGreaterThanOrEqualTo(RECORDS);
        } finally {
            for (WorkerProcess worker : group) {
                worker.close();
            }
        }
    }

    /** What a worker says at its end: {@code stopped: 12 done, 3 failed}. */
    private static int done(WorkerProcess worker) throws IOException {
        Matcher counts = STOPPED.matcher(worker.out());
        assertThat(counts.find()).as(worker.out()).isTrue();
        return Integer.parseInt(counts.group(1)) + Integer.parseInt(counts.group(2));
    }

    /** Everything is out, and the worker says so to the broker. */
    private void finish(WorkerProcess worker) throws Exception {
        Crashes.awaitProcessed(arrivals.sent(), this::processed, worker::isAlive);
        await().atMost(PATIENCE).until(() -> orders.uncommitted() == 0);
        assertThat(worker.stop()).isZero();
        arrivals.look();
    }

    private void requireAllInOrder() {
        assertThat(arrivals.lost()).isZero();
        arrivals.requireOrder();
    }

    private void print(String what) {
        System.out.println("Kafka: " + arrivals + ", " + what + ", seed " + SEED);
    }
}
