package io.github.dagwasm.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.examples.Crashes;
import io.github.dagwasm.examples.Tally;
import io.github.dagwasm.examples.WorkerProcess;
import io.github.dagwasm.local.GatedFolder;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example jms, its worker and its broker killed at random moments. Before each kill come a
 * portion of the orders and one order that the worker begins and cannot end, so that each kill
 * leaves work. {@code -Ddagwasm.jms.messages}, {@code -Ddagwasm.jms.kills}, {@code
 * -Ddagwasm.jms.broker.kills} and {@code -Ddagwasm.jms.seed} make it larger or another one.
 */
@Tag("ci")
class JmsCrashIT {

    private static final int MESSAGES = Integer.getInteger("dagwasm.jms.messages", 400);
    private static final int KILLS = Integer.getInteger("dagwasm.jms.kills", 2);
    private static final int BROKER_KILLS = Integer.getInteger("dagwasm.jms.broker.kills", 1);
    private static final long SEED = Long.getLong("dagwasm.jms.seed", 20261123);
    private static final int LONGEST = 16 << 10;

    @TempDir Path folder;

    private final Orders orders = new Orders(SEED, LONGEST);
    private final List<Integer> leftAtKills = new ArrayList<>();
    private final Crashes crashes = new Crashes(SEED, KILLS + BROKER_KILLS);
    private BrokerProcess broker;
    private JmsExample example;
    private GatedFolder gate;
    private ConnectionFactory connections;
    private WorkerProcess worker;

    @BeforeEach
    void startTheBroker() throws Exception {
        broker = BrokerProcess.start(folder.resolve("broker"));
        example = JmsExample.copy(folder.resolve("jms"), broker.port()).with(GatedFolder.classes());
        gate = GatedFolder.of(example.folder(), "pipelines/text.yaml");
        connections = Orders.connections(broker.port());
    }

    @AfterEach
    void stop() throws Exception {
        if (worker != null) {
            worker.close();
        }
        broker.close();
    }

    @Test
    void everyOrderIsProcessedHoweverOftenWorkerAndBrokerAreKilled() throws Exception {
        Tally tally = orders.tally();
        try (Results done = Results.of(connections, "orders.done", orders::readDone);
                Results failed = Results.of(connections, "orders.failed", orders::readFailed)) {
            BooleanSupplier alive = () -> isAlive(done, failed);
            int portion = 0;
            for (boolean ofWorker : kills()) {
                killWithin(crashes.portion(MESSAGES, portion++), ofWorker, alive);
            }
            orders.send(connections, crashes.portion(MESSAGES, portion));
            awaitWorker();
            Crashes.awaitProcessed(tally.expected(), tally::processed, alive);
            assertThat(worker.stop()).isZero();
        }
        print(tally);

        assertThat(leftAtKills).as("orders left at each kill").allMatch(left -> left > 0);
        assertThat(orders.begunAgain()).as("orders that kills hit").isPositive();
        assertThat(tally.missing()).as("lost").isEmpty();
        assertThat(tally.unknown()).isEmpty();
        assertThat(left("orders")).isEmpty();
        assertThat(left("undelivered")).isEmpty();
    }

    /** The held order is the first: one consumer waits with it, the other one goes on. */
    private void killWithin(int portion, boolean ofWorker, BooleanSupplier alive) throws Exception {
        Tally tally = orders.tally();
        String held = gate.newText();
        orders.send(connections, held);
        orders.send(connections, portion);
        awaitWorker();
        Crashes.awaitUntil(() -> gate.isReached(held), alive);
        crashes.awaitNext(portion, tally.expected() - 1, tally::processed, alive);
        if (ofWorker) {
            worker.kill();
        } else {
            broker.kill();
            broker.start();
        }
        leftAtKills.add(tally.expected() - tally.processed());
        gate.open(held);
    }

    /** True for the worker, false for the broker, whose kills lie between the worker's. */
    private static List<Boolean> kills() {
        List<Boolean> kills = new ArrayList<>(Collections.nCopies(KILLS, true));
        for (int i = 0; i < BROKER_KILLS; i++) {
            kills.add((i + 1) * kills.size() / (BROKER_KILLS + 1), false);
        }
        return kills;
    }

    private void awaitWorker() throws Exception {
        if (worker == null || !worker.isAlive()) {
            worker = example.ready("worker", Map.of());
        }
    }

    private boolean isAlive(Results done, Results failed) {
        done.requireSound();
        failed.requireSound();
        return worker.isAlive() && broker.isAlive();
    }

    private List<String> left(String queue) throws Exception {
        List<String> left = new ArrayList<>();
        try (JMSContext context = connections.createContext()) {
            var browser = context.createBrowser(context.createQueue(queue));
            Enumeration<?> messages = browser.getEnumeration();
            Collections.list(messages).forEach(message -> left.add(message.toString()));
        }
        return left;
    }

    @SuppressWarnings("SystemOut") // What a run at full size is for.
    private void print(Tally tally) {
        System.out.printf(
                "JMS: %d messages, %d processed at least once, %d begun again, %d duplicates,"
                        + " %d lost; worker killed %d times, broker %d times, left at each kill"
                        + " %s; seed %d%n",
                tally.expected(),
                tally.processed(),
                orders.begunAgain(),
                tally.duplicates(),
                tally.missing().size(),
                KILLS,
                BROKER_KILLS,
                leftAtKills,
                crashes.seed());
    }
}
