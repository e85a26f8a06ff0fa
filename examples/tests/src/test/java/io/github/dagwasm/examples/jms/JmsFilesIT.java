package io.github.dagwasm.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.WorkerProcess;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that the example jms writes, whatever senders call them. */
@Tag("ci")
class JmsFilesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final List<String> NO_NAMES =
            List.of("a\\..\\..\\outbox-x\\b", "..\\b", "../b", "a/b", ".b", "a\0b", "a\nb", "");

    private static final String NAME = "Ä order-1 (2).txt";

    @TempDir Path folder;

    private BrokerProcess broker;
    private WorkerProcess worker;
    private JMSContext context;

    @BeforeEach
    void start() throws Exception {
        broker = BrokerProcess.start(folder.resolve("broker"));
        worker =
                JmsExample.copy(folder.resolve("jms"), broker.port())
                        .ready("files", Map.of("orders.files", "true"));
        context = Orders.connections(broker.port()).createContext();
    }

    @AfterEach
    void stop() throws Exception {
        if (context != null) {
            context.close();
        }
        if (worker != null) {
            worker.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void aNameIsTheSendersOnlyWhereItIsOne() throws Exception {
        for (String name : NO_NAMES) {
            send("orders", context.createTextMessage("A"), name);
        }
        send("orders", context.createTextMessage("A"), NAME);

        await().atMost(PATIENCE).until(() -> files("jms/outbox").size() == NO_NAMES.size() + 1);

        assertThat(files("jms/outbox"))
                .contains(NAME)
                .allMatch(name -> name.equals(NAME) || name.matches("ID:[0-9a-f-]+"));
        assertThat(files("jms")).doesNotContain("outbox-x", "b");
    }

    @Test
    void noPropertyPassesForTheMessagesId() throws Exception {
        BytesMessage order = context.createBytesMessage();
        order.writeBytes(new byte[] {(byte) 0xff});
        order.setStringProperty("jmsMessageID", "../failed-x/b");

        send("orders", order, ".b");
        await().atMost(PATIENCE).until(() -> files("jms/failed").size() == 2);

        assertThat(files("jms/failed"))
                .allMatch(name -> name.matches("ID:[0-9a-f-]+(\\.reason\\.txt)?"));
        assertThat(files("jms")).doesNotContain("failed-x");
    }

    /** As the broker itself moves it there, when each delivery ended its worker. */
    @Test
    void whatHasNoReasonIsWrittenToo() throws Exception {
        send("orders.failed", context.createTextMessage("A"), "a.txt");

        await().atMost(PATIENCE).until(() -> files("jms/failed").size() == 2);

        assertThat(folder.resolve("jms/failed/a.txt")).hasContent("A");
        assertThat(folder.resolve("jms/failed/a.txt.reason.txt")).isEmptyFile();
    }

    private void send(String queue, Message message, String name) throws Exception {
        message.setStringProperty("file", name);
        context.createProducer().send(context.createQueue(queue), message);
    }

    private List<String> files(String of) throws IOException {
        Path files = folder.resolve(of);
        if (Files.notExists(files)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(files)) {
            return entries.map(file -> file.getFileName().toString()).toList();
        }
    }
}
