package io.github.dagwasm.examples.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker of one node on 127.0.0.1, its own controller, with one copy of everything. What it
 * has acknowledged outlives its process, however that ends, but not the end of the machine: the
 * disk is the operating system's affair, and nobody else has a copy.
 *
 * <p>Not for several threads.
 */
public final class Broker implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    /** As in broker.properties. */
    private static final int NODE = 1;

    private static final String FORMATTED = "meta.properties";
    private static final int CONNECT_MILLIS = 1000;

    private final KafkaRaftServer server;

    private Broker(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * Starts a broker, and formats its folder where it is empty.
     *
     * @param port where it listens
     * @param folder where it keeps its data; made where there is none
     * @param topics the topics that it is to have, made where they are missing; each a name, or
     *     {@code NAME=BYTES} with the most that its records may have
     * @return the broker, which takes connections
     * @throws IOException if the folder cannot be written, no port is free for the controller, or a
     *     topic cannot be made
     */
    public static Broker start(int port, Path folder, List<String> topics) throws IOException {
        Files.createDirectories(folder);
        KafkaConfig config = KafkaConfig.fromProps(properties(port, folder), false);
        if (Files.notExists(folder.resolve(FORMATTED))) {
            format(folder);
        }
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Broker broker = new Broker(server);
        try {
            server.startup();
            makeTopics(port, topics);
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    private static void makeTopics(int port, List<String> topics) throws IOException {
        Map<String, Object> properties = Map.of("bootstrap.servers", HOST + ":" + port);
        try (Admin admin = Admin.create(properties)) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> missing =
                    topics.stream()
                            .map(Broker::topic)
                            .filter(topic -> !there.contains(topic.name()))
                            .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new IOException("topics " + topics + " cannot be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while topics were made");
        }
    }

    /**
     * Whether somebody listens where a broker would.
     *
     * @param port the port
     * @return whether a connection is taken there
     */
    static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static NewTopic topic(String written) {
        String[] parts = written.split("=", 2);
        NewTopic topic = new NewTopic(parts[0], Optional.empty(), Optional.empty());
        return parts.length < 2 ? topic : topic.configs(Map.of("max.message.bytes", parts[1]));
    }

    private static Properties properties(int port, Path folder) throws IOException {
        Properties properties = new Properties();
        try (InputStream given = Broker.class.getResourceAsStream("broker.properties")) {
            properties.load(given);
        }
        // Nobody else is told of the controller, so that its port may be another one at each start.
        String controller = HOST + ":" + freePort();
        properties.setProperty("controller.quorum.voters", NODE + "@" + controller);
        properties.setProperty(
                "listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + controller);
        properties.setProperty("log.dirs", folder.toString());
        return properties;
    }

    /** What {@code kafka-storage.sh format} does; a folder that was half formatted is redone. */
    private static void format(Path folder) throws IOException {
        try (PrintStream silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setIgnoreFormatted(true)
                    .setHasDynamicQuorum(false)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(folder + ": cannot be formatted: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
    }

    /** Waits until it has written what it holds. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * Runs a broker until the process is ended; prints a line that begins with {@code ready: } when
     * it takes connections.
     *
     * @param arguments the port, the folder for the data, and the topics
     * @throws IOException if it does not start
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("expected the port, the folder for the data, and topics");
            System.exit(2);
        }
        int port = Integer.parseInt(arguments[0]);
        List<String> topics = List.of(arguments).subList(2, arguments.length);
        Broker broker = start(port, Path.of(arguments[1]), topics);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
        System.out.println("ready: Kafka on " + HOST + ":" + port);
        broker.server.awaitShutdown();
    }
}
