package io.github.dagwasm.examples.jms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An Artemis broker with the example's queues, for the loopback address only and without users and
 * passwords: whoever can connect on this machine can send and receive. What is sent durably is on
 * disk when the sender hears of it, and is there after a restart, whatever ended the broker.
 */
public final class Broker implements AutoCloseable {

    /** What the broker calls a delivery too many: nobody has said a word after so many. */
    static final int MOST_DELIVERIES = 10;

    /** A request is answered, so it fails only where its asker is gone. */
    private static final int MOST_DELIVERIES_OF_REQUESTS = 3;

    private static final int FIRST_DELAY_MILLIS = 500;
    private static final int LONGEST_DELAY_MILLIS = 10_000;

    private static final String ORDERS = "orders";
    private static final String DONE = "orders.done";
    private static final String FAILED = "orders.failed";
    private static final String REQUESTS = "requests";

    /** What expired, and what nobody took however often it was delivered. */
    private static final String UNDELIVERED = "undelivered";

    private final FileChannel lock;
    private final ActiveMQServer server;

    private Broker(FileChannel lock, ActiveMQServer server) {
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts a broker, unless another process has one on that folder.
     *
     * @param port where it listens on 127.0.0.1
     * @param folder where it keeps its messages; made where it is missing
     * @return the broker, which accepts connections; empty if the folder is another process's
     * @throws IOException if it cannot start, with the reason
     */
    public static Optional<Broker> start(int port, Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("owner.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock owned = channel.tryLock();
            if (owned == null) {
                channel.close();
                return Optional.empty();
            }
            ActiveMQServer server = new ActiveMQServerImpl(configuration(port, folder));
            server.start();
            requireListening(server, port);
            return Optional.of(new Broker(channel, server));
        } catch (Exception e) {
            channel.close();
            throw new IOException("no broker on 127.0.0.1:" + port + " in " + folder + ": " + e, e);
        }
    }

    /** Artemis goes on without a port that it does not get. */
    private static void requireListening(ActiveMQServer server, int port) throws Exception {
        if (!server.waitForActivation(1, TimeUnit.MINUTES)
                || !server.getRemotingService().getAcceptor("loopback").isStarted()) {
            server.stop();
            throw new IOException("port " + port + " cannot be listened on");
        }
    }

    private static Configuration configuration(int port, Path folder) throws Exception {
        Configuration configuration =
                new ConfigurationImpl()
                        .setName("dagwasm-example")
                        .setSecurityEnabled(false)
                        .setJMXManagementEnabled(false)
                        .setPersistenceEnabled(true)
                        .setJournalType(JournalType.NIO)
                        .setJournalDirectory(folder.resolve("journal").toString())
                        .setBindingsDirectory(folder.resolve("bindings").toString())
                        .setLargeMessagesDirectory(folder.resolve("large").toString())
                        .setPagingDirectory(folder.resolve("paging").toString())
                        // A sender that waits for a disk to get emptier waits without a word.
                        .setMaxDiskUsage(-1)
                        .addAcceptorConfiguration(
                                "loopback", "tcp://127.0.0.1:" + port + "?protocols=CORE");
        for (String queue : List.of(ORDERS, DONE, FAILED, REQUESTS, UNDELIVERED)) {
            configuration.addQueueConfiguration(
                    QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
        }
        return configuration
                .addAddressSetting("#", settings())
                .addAddressSetting(ORDERS, patient().setDeadLetterAddress(SimpleString.of(FAILED)))
                .addAddressSetting(DONE, patient())
                .addAddressSetting(FAILED, patient())
                .addAddressSetting(
                        REQUESTS, settings().setMaxDeliveryAttempts(MOST_DELIVERIES_OF_REQUESTS));
    }

    /** A queue that nobody reads must not come to be by a slip in its name. */
    private static AddressSettings settings() {
        return new AddressSettings()
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setExpiryAddress(SimpleString.of(UNDELIVERED))
                .setDeadLetterAddress(SimpleString.of(UNDELIVERED));
    }

    private static AddressSettings patient() {
        return settings()
                .setMaxDeliveryAttempts(MOST_DELIVERIES)
                .setRedeliveryDelay(FIRST_DELAY_MILLIS)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(LONGEST_DELAY_MILLIS);
    }

    @Override
    public void close() {
        try {
            server.stop();
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not stop: " + e, e);
        }
    }

    /**
     * Runs a broker until the process ends: {@code Broker PORT FOLDER}.
     *
     * @param arguments the port and the folder
     * @throws IOException if it cannot start
     */
    @SuppressWarnings("SystemOut") // A command line speaks there.
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Broker broker =
                start(port, folder)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                folder + " belongs to a broker that is running"));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
        System.out.println("ready: broker on 127.0.0.1:" + port + ", messages in " + folder);
    }
}
