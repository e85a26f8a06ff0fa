package io.github.dagwasm.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.examples.WorkerProcess;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plain JMS client sees of the example jms: one broker, one worker. */
@Tag("ci")
class JmsMessagesIT {

    private static final int LIMIT = 10 << 20;

    private static final String PIPELINE =
            """
            processors:
              - id: rehearsal-é
                backend: local
                impl: rehearsal
              - id: guest
                backend: wasm
                module: wasm_modules/hello_world.wasm
                depends_on: [rehearsal-é]
            """;

    @TempDir static Path folder;
    private static BrokerProcess broker;
    private static WorkerProcess worker;

    private JmsClient client;
    private JMSContext context;

    @BeforeAll
    static void startBrokerAndWorker() throws Exception {
        broker = BrokerProcess.start(folder.resolve("broker"));
        JmsExample example =
                JmsExample.copy(folder.resolve("jms"), broker.port())
                        .with(WorkerProcess.ROOT.resolve("examples/tests/target/test-classes"));
        Files.writeString(example.folder().resolve("pipelines/text.yaml"), PIPELINE);
        Files.writeString(
                example.folder().resolve("application.properties"),
                "\ncamel.beans.rehearsal = #class:io.github.dagwasm.examples.Rehearsal\n",
                StandardOpenOption.APPEND);
        worker = example.ready("plain", Map.of());
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

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void metadataArrivesAsProperties() throws Exception {
        client.order(context.createTextMessage("Hello World"));

        Message done = client.take("orders.done");

        assertThat(done.getBody(String.class)).isEqualTo("Hello World-wasm");
        assertThat(JmsClient.properties(done))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "dagwasm_DOT_rehearsal_x002D__x00E9__DOT_odd_x0020_key_x002D__x00E9_",
                                "a\\u{a}b",
                                "dagwasm_DOT_rehearsal_x002D__x00E9__DOT_plain",
                                "1",
                                "dagwasm_DOT_guest_DOT_module_path",
                                "wasm_modules/hello_world.wasm",
                                "dagwasm_DOT_guest_DOT_input_length",
                                "11",
                                "dagwasm_DOT_guest_DOT_output_length",
                                "16",
                                "worker",
                                "plain",
                                "deliveries",
                                1));
    }

    @Test
    void whatTheSenderSaidOfTheMessageIsKept() throws Exception {
        TextMessage order = context.createTextMessage("a");
        order.setJMSCorrelationID("one of ours");
        order.setJMSType("order");
        order.setStringProperty("customer", "Ä 1");
        order.setLongProperty("total", 12L);
        order.setBooleanProperty("a_DOT_b_HYPHEN_c", true);
        JMSProducer hasty = context.createProducer();
        hasty.setPriority(7).setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        hasty.send(context.createQueue("orders"), order);

        Message done = client.take("orders.done");

        assertThat(done.getJMSCorrelationID()).isEqualTo("one of ours");
        assertThat(done.getJMSType()).isEqualTo("order");
        assertThat(done.getJMSPriority()).isEqualTo(7);
        assertThat(done.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(JmsClient.properties(done))
                .containsEntry("customer", "Ä 1")
                .containsEntry("total", 12L)
                .containsEntry("a_DOT_b_HYPHEN_c", true);
    }

    @Test
    void forgedPropertiesSteerNothingAndPassForNoResult() throws Exception {
        TextMessage order = context.createTextMessage("a");
        order.setJMSReplyTo(context.createQueue("undelivered"));
        for (String name :
                List.of(
                        "dagwasm_DOT_guest_DOT_module_path",
                        "dagwasm_DOT_guest_DOT_made_up",
                        "DagWasm_DOT_guest_DOT_made_up",
                        "CamelDagWasmPartial",
                        "CamelDagWasmMetadata",
                        "CamelJmsDestinationName",
                        "CamelJmsDestination",
                        "CamelJmsMessageType",
                        "camelFileName",
                        "JMS_made_up",
                        "jmsReplyTo",
                        "JMSxMadeUp",
                        "_AMQ_DUPL_ID",
                        "failure",
                        "failure_kind",
                        "worker",
                        "deliveries")) {
            order.setStringProperty(name, "requests");
        }
        client.order(order);

        Message done = client.take("orders.done");

        assertThat(done.getBody(String.class)).isEqualTo("a-wasm");
        assertThat(done.getJMSReplyTo()).isNull();
        assertThat(JmsClient.properties(done).values()).doesNotContain("requests");
        assertThat(client.left("undelivered")).isEmpty();
    }

    @Test
    void bytesAreUtf8AndWhatIsNoTextSaysWhy() throws Exception {
        client.order(client.bytes("ä".getBytes(StandardCharsets.UTF_8)));
        assertThat(client.take("orders.done").getBody(String.class)).isEqualTo("ä-wasm");

        client.order(client.bytes(new byte[] {'a', (byte) 0xff}));
        Message failed = client.take("orders.failed");

        assertThat(failed.getBody(byte[].class)).containsExactly('a', 0xff);
        assertThat(JmsClient.properties(failed))
                .containsEntry(
                        Failure.REASON,
                        "pipeline 'text': the input: malformed UTF-8 at byte 1 (0xff)")
                .containsEntry(Failure.KIND, "malformed_text");
    }

    @Test
    void aMessageWithoutATextIsAnEmptyText() throws Exception {
        for (Message empty :
                List.of(
                        context.createTextMessage(""),
                        context.createTextMessage(),
                        context.createMessage(),
                        client.bytes(new byte[0]))) {
            client.order(empty);

            assertThat(client.take("orders.done").getBody(String.class)).isEqualTo("-wasm");
        }
    }

    @Test
    void aMapIsNoText() throws Exception {
        MapMessage map = context.createMapMessage();
        map.setString("a", "b");
        map.setStringProperty("order", "kept");
        client.order(map);

        Message failed = client.take("orders.failed");

        assertThat(((MapMessage) failed).getString("a")).isEqualTo("b");
        assertThat(JmsClient.properties(failed))
                .containsEntry("order", "kept")
                .containsEntry(Failure.REASON, noText("ActiveMQMapMessage"));
    }

    @Test
    void anObjectIsNeverReadBack() throws Exception {
        Path trace = folder.resolve("trace");
        client.order(context.createObjectMessage(new Trap(trace)));

        Message failed = client.take("orders.failed");

        assertThat(trace).doesNotExist();
        assertThat(JmsClient.properties(failed))
                .containsEntry(Failure.KIND, "body")
                .containsEntry(Failure.REASON, noText("ActiveMQObjectMessage"));
        assertThat(((ObjectMessage) failed).getObject()).as("whole").isInstanceOf(Trap.class);
        assertThat(trace).as("the trap works").exists();
    }

    @Test
    void aTextOfTheLargestSizePassesAndALargerOneFailsWhole() throws Exception {
        client.order(context.createTextMessage("a".repeat(LIMIT - "-wasm".length())));
        assertThat(client.take("orders.done").getBody(String.class))
                .hasSize(LIMIT)
                .endsWith("a-wasm");

        client.order(client.bytes(new byte[LIMIT + 1]));
        Message failed = client.take("orders.failed");

        assertThat(failed.getBody(byte[].class)).hasSize(LIMIT + 1);
        assertThat(JmsClient.properties(failed))
                .containsEntry(Failure.KIND, "limit")
                .containsEntry(
                        Failure.REASON,
                        "pipeline 'text': the input: the limit of 10485760 input bytes is exceeded"
                                + " (option max_input_bytes)");
    }

    @Test
    void aFailureThatCanPassIsDeliveredAgain() throws Exception {
        client.order(context.createTextMessage("fails 2"));

        Message done = client.take("orders.done");

        assertThat(done.getBody(String.class)).isEqualTo("fails 2-wasm");
        assertThat(done.getIntProperty("deliveries")).isEqualTo(3);
    }

    @Test
    void onlyTheBrokerCountsDeliveries() throws Exception {
        TextMessage order = context.createTextMessage("fails 1");
        order.setStringProperty("jmsxDeliveryCount", "99");
        client.order(order);

        Message done = client.take("orders.done");

        assertThat(done.getBody(String.class)).isEqualTo("fails 1-wasm");
        assertThat(done.getIntProperty("deliveries")).isEqualTo(2);
    }

    @Test
    void aFailureThatDoesNotPassIsFinalAfterFiveDeliveries() throws Exception {
        client.order(context.createTextMessage("fails 6"));

        Message failed = client.take("orders.failed");

        assertThat(failed.getBody(String.class)).isEqualTo("fails 6");
        assertThat(JmsClient.properties(failed))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                Failure.REASON,
                                "pipeline 'text': processor 'rehearsal-é': not yet",
                                Failure.KIND,
                                "processor_failure"));
        assertThat(client.left("orders")).isEmpty();
    }

    @Test
    void aRequestIsAnswered() throws Exception {
        TextMessage request = context.createTextMessage("Hello");
        request.setJMSCorrelationID("asked");

        Message answer = client.ask(request);

        assertThat(answer.getBody(String.class)).isEqualTo("Hello-wasm");
        assertThat(answer.getJMSCorrelationID()).isEqualTo("asked");
        assertThat(JmsClient.properties(answer))
                .containsEntry("dagwasm_DOT_guest_DOT_output_length", "10")
                .doesNotContainKey(Failure.REASON);
    }

    @Test
    void aRequestThatFailsIsAnsweredWithTheReason() throws Exception {
        BytesMessage request = client.bytes(new byte[] {(byte) 0xff});
        request.setStringProperty("dagwasm_DOT_made_up", "forged");

        Message answer = client.ask(request);

        String reason = Orders.MALFORMED;
        assertThat(answer.getBody(String.class)).isEqualTo(reason);
        assertThat(answer.getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
        assertThat(JmsClient.properties(answer))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Failure.REASON, reason, Failure.KIND, "malformed_text"));
    }

    private static String noText(String type) {
        return "pipeline 'text': the body is a org.apache.activemq.artemis.jms.client."
                + type
                + ", which is no text; convert it before, for instance with convertBodyTo or"
                + " marshal";
    }
}
