package io.github.dagwasm.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.WorkerProcess;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.apache.activemq.artemis.jms.client.ActiveMQTopic;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, properties and destinations that senders of the example jms do harm with. */
@Tag("ci")
class HostileMessagesIT {

    private static final int LIMIT = 10 << 20;

    @TempDir static Path folder;
    private static BrokerProcess broker;
    private static WorkerProcess worker;

    private JmsClient client;
    private JMSContext context;

    @BeforeAll
    static void startBrokerAndWorker() throws Exception {
        broker = BrokerProcess.start(folder.resolve("broker"));
        worker = JmsExample.copy(folder.resolve("jms"), broker.port()).ready("plain", Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        if (worker != null) {
            worker.close();
        }
        broker.close();
    }

    @BeforeEach
    void connect() {
        client = new JmsClient(broker, worker);
        context = client.context();
    }

    /** Whatever came before: nothing is left under way, and the next order is done. */
    @AfterEach
    void theNextOrderIsDone() throws Exception {
        try {
            client.order(context.createTextMessage("A"));
            assertThat(client.take("orders.done").getBody(String.class)).isEqualTo("a-wasm");
            await().atMost(Duration.ofMinutes(10))
                    .until(
                            () ->
                                    client.left("orders").isEmpty()
                                            && client.left("requests").isEmpty());
        } finally {
            client.close();
        }
    }

    private static String noText(String type) {
        return "pipeline 'text': the body is a org.apache.activemq.artemis.jms.client."
                + type
                + ", which is no text; convert it before, for instance with convertBodyTo or"
                + " marshal";
    }

    private static void assertNoText(Message failed, String type) throws Exception {
        assertThat(JmsClient.properties(failed))
                .containsEntry(Failure.KIND, "body")
                .containsEntry(Failure.REASON, noText(type));
    }

    @Test
    void anObjectOfAClassThatTheWorkerHasNotIsADeadLetterLikeAnyOther() throws Exception {
        client.order(context.createObjectMessage(new ConditionTimeoutException("sent")));

        Message failed = client.take("orders.failed");

        assertNoText(failed, "ActiveMQObjectMessage");
        assertThat(((ObjectMessage) failed).getObject())
                .isInstanceOf(ConditionTimeoutException.class)
                .hasFieldOrPropertyWithValue("message", "sent");
    }

    @Test
    void aRequestThatIsAnObjectIsAnsweredUnopened() throws Exception {
        Path trace = folder.resolve("asked");

        Message answer = client.ask(context.createObjectMessage(new Trap(trace)));

        assertNoText(answer, "ActiveMQObjectMessage");
        assertThat(answer).isInstanceOf(TextMessage.class);
        assertThat(trace).doesNotExist();
    }

    @Test
    void aStreamIsNoText() throws Exception {
        StreamMessage stream = context.createStreamMessage();
        stream.writeString("text");
        stream.writeInt(7);
        client.order(stream);

        Message failed = client.take("orders.failed");

        assertNoText(failed, "ActiveMQStreamMessage");
        assertThat(((StreamMessage) failed).readString()).isEqualTo("text");
        assertThat(((StreamMessage) failed).readInt()).isEqualTo(7);
        assertNoText(client.ask(context.createStreamMessage()), "ActiveMQStreamMessage");
        assertNoText(client.ask(context.createMapMessage()), "ActiveMQMapMessage");
    }

    @Test
    void tenMegabytesThatAreMalformedAtTheirEndAreADeadLetterToTheByte() throws Exception {
        byte[] bytes = new byte[LIMIT];
        Arrays.fill(bytes, (byte) 'a');
        bytes[LIMIT - 1] = (byte) 0xc3;
        client.order(client.bytes(bytes));

        Message failed = client.take("orders.failed");

        assertThat(failed.getBody(byte[].class)).isEqualTo(bytes);
        assertThat(JmsClient.properties(failed))
                .containsEntry(
                        Failure.REASON,
                        "pipeline 'text': the input: malformed UTF-8 at byte 10485759 (0xc3)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ключ",
                "class",
                "null",
                "breadcrumbId",
                "fileName",
                "dagwasm",
                "DAGWASM_DOT_forged",
                "cAMELjMSdESTINATIONnAME",
                "JMSXUserID",
                "JMSXAppID",
                "JMS_AMQ_x",
                "_amq_x",
                "__AMQ_CID",
                "AMQ_SCHEDULED_DELAY",
            })
    void noPropertySteersAnything(String name) throws Exception {
        TextMessage order = context.createTextMessage("A");
        order.setStringProperty(name, "requests");
        client.order(order);

        Message done = client.take("orders.done");

        assertThat(done.getBody(String.class)).isEqualTo("a-wasm");
        assertThat(done.getJMSReplyTo()).isNull();
        assertThat(JmsClient.properties(done)).containsEntry("worker", "plain");
    }

    /** A client of JMS refuses them at the sender, other clients do not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a\r\nb",
                "\u001b[31m",
                "../x",
                "${body}",
                "{{env:HOME}}",
                "#class:x",
                "a.b",
                "",
                "selector OR 1=1",
            })
    void namesThatJmsCannotWriteAreLeftOut(String name) throws Exception {
        TextMessage order = context.createTextMessage("A");
        put(order, name);
        order.setStringProperty("kept", "kept");
        client.order(order);
        BytesMessage malformed = client.bytes(new byte[] {(byte) 0xff});
        put(malformed, name);
        client.order(malformed);

        assertThat(JmsClient.properties(client.take("orders.done")))
                .doesNotContainKey(name)
                .containsEntry("kept", "kept")
                .containsEntry("deliveries", 1);
        assertThat(JmsClient.properties(client.take("orders.failed")))
                .containsEntry(Failure.KIND, "malformed_text")
                .containsEntry(Failure.REASON, Orders.MALFORMED);
    }

    /** As a client of the broker's own protocol does, which is no part of JMS. */
    private static void put(Message message, String name) throws ReflectiveOperationException {
        Object core = message.getClass().getMethod("getCoreMessage").invoke(message);
        core.getClass()
                .getMethod("putStringProperty", String.class, String.class)
                .invoke(core, name, "requests");
    }

    @Test
    void aThousandPropertiesAndAGroupAreNothingSpecial() throws Exception {
        TextMessage order = context.createTextMessage("A");
        order.setStringProperty("JMSXGroupID", "group");
        order.setIntProperty("JMSXGroupSeq", -1);
        for (int i = 0; i < 1000; i++) {
            order.setStringProperty("p" + i, Integer.toString(i));
        }
        client.order(order);

        assertThat(JmsClient.properties(client.take("orders.done")))
                .containsEntry("p0", "0")
                .containsEntry("p999", "999");
    }

    /** Up to what the broker takes at all; the result has more properties than the order. */
    @ParameterizedTest
    @ValueSource(ints = {100_000, 250_000, 250_200, 250_600, 300_000})
    void anOrderWithHugePropertiesIsDoneOrADeadLetter(int characters) throws Exception {
        TextMessage order = context.createTextMessage("A");
        order.setStringProperty("huge", "é".repeat(characters));
        try {
            client.order(order);
        } catch (JMSRuntimeException refused) {
            assertThat(characters).as("refused at the sender").isGreaterThan(250_000);
            return;
        }
        await().atMost(Duration.ofMinutes(10))
                .until(
                        () ->
                                !client.left("orders.done").isEmpty()
                                        || !client.left("orders.failed").isEmpty());
        String queue = client.left("orders.done").isEmpty() ? "orders.failed" : "orders.done";

        assertThat(client.take(queue).getStringProperty("huge")).hasSize(characters);
    }

    @Test
    void deliveriesThatASenderMakesUpCountForNothing() throws Exception {
        TextMessage order = context.createTextMessage("A");
        order.setJMSRedelivered(true);
        order.setIntProperty("deliveries", 99);
        order.setIntProperty("jmsxdeliverycount", 99);
        order.setIntProperty("JMSXDELIVERYCOUNT", 99);
        client.order(order);

        assertThat(client.take("orders.done").getIntProperty("deliveries")).isEqualTo(1);
    }

    /** An answer is a message like any other to whoever takes it. */
    @ParameterizedTest
    @ValueSource(strings = {"requests", "orders", "orders.done"})
    void anAnswerGoesWhereTheRequestSays(String name) throws Exception {
        request(context.createQueue(name));

        await().atMost(Duration.ofMinutes(10)).until(() -> client.left("requests").isEmpty());
        if (!name.equals("requests")) {
            assertThat(client.take("orders.done").getBody(String.class)).startsWith("a-wasm");
        }
        assertThat(client.left("undelivered")).isEmpty();
    }

    @Test
    void anAnswerThatNobodyCanTakeEndsWithItsRequestUndelivered() throws Exception {
        request(null);
        await().atMost(Duration.ofMinutes(10)).until(() -> client.left("requests").isEmpty());
        assertThat(client.left("undelivered")).isEmpty();

        request(new ActiveMQQueue("nowhere"));
        request(new ActiveMQQueue("${body}"));
        request(new ActiveMQTopic("#"));
        try (JMSContext gone = Orders.connections(broker.port()).createContext()) {
            TemporaryQueue queue = gone.createTemporaryQueue();
            queue.delete();
            request(queue);
        }

        for (int i = 0; i < 4; i++) {
            assertThat(client.take("undelivered").getBody(String.class)).isEqualTo("A");
        }
    }

    private void request(Destination answers) throws Exception {
        TextMessage request = context.createTextMessage("A");
        request.setJMSReplyTo(answers);
        client.send("requests", request);
    }
}
