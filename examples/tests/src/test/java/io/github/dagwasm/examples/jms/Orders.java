package io.github.dagwasm.examples.jms;

import io.github.dagwasm.examples.Tally;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Sends orders of random texts, some of them no text, and checks what becomes of each. */
final class Orders {

    static final String MALFORMED = "pipeline 'text': the input: malformed UTF-8 at byte 0 (0xff)";

    private static final int ONE_IN_MALFORMED = 20;
    private static final int BATCH = 100;

    private final Random random;
    private final int longest;
    private final Tally tally = new Tally();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, Long> byWorker = new TreeMap<>();
    private final AtomicLong begunAgain = new AtomicLong();

    /**
     * Makes none yet.
     *
     * @param seed what the texts are made from
     * @param longest the bytes that the longest text has
     */
    Orders(long seed, int longest) {
        random = new Random(seed);
        this.longest = longest;
    }

    static ConnectionFactory connections(int port) {
        return new ActiveMQConnectionFactory(
                "tcp://127.0.0.1:"
                        + port
                        + "?initialConnectAttempts=-1&reconnectAttempts=-1&retryInterval=100&"
                        + "blockOnDurableSend=true");
    }

    /** Sends them durably, some in each transaction. */
    void send(ConnectionFactory connections, int orders) throws JMSException {
        try (JMSContext context = connections.createContext(JMSContext.SESSION_TRANSACTED)) {
            for (int i = 0; i < orders; i++) {
                boolean malformed = random.nextInt(ONE_IN_MALFORMED) == 0;
                send(context, malformed ? "" : text());
                if (i % BATCH == BATCH - 1) {
                    context.commit();
                }
            }
            context.commit();
        }
    }

    /** Sends one of this text durably. */
    void send(ConnectionFactory connections, String text) throws JMSException {
        try (JMSContext context = connections.createContext(JMSContext.SESSION_TRANSACTED)) {
            send(context, text);
            context.commit();
        }
    }

    private void send(JMSContext context, String text) throws JMSException {
        String id = "order-" + texts.size();
        Message message = text.isEmpty() ? malformed(context) : context.createTextMessage(text);
        texts.put(id, text);
        message.setStringProperty("order", id);
        context.createProducer()
                .setDeliveryMode(DeliveryMode.PERSISTENT)
                .send(context.createQueue("orders"), message);
        tally.expect(id);
    }

    private String text() {
        byte[] bytes = new byte[1 + random.nextInt(longest)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('A' + random.nextInt(26));
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static Message malformed(JMSContext context) throws JMSException {
        BytesMessage message = context.createBytesMessage();
        message.writeBytes(new byte[] {(byte) 0xff, 'x'});
        return message;
    }

    /** Reads a message of {@code orders.done}. */
    void readDone(Message message) throws JMSException {
        String id = message.getStringProperty("order");
        String expected = texts.get(id).toLowerCase(Locale.ROOT) + "-wasm";
        require(expected.equals(message.getBody(String.class)), id + " is another text");
        tally.saw(id, message.getJMSMessageID());
        if (message.getIntProperty("deliveries") > 1) {
            begunAgain.incrementAndGet();
        }
        synchronized (byWorker) {
            byWorker.merge(message.getStringProperty("worker"), 1L, Long::sum);
        }
    }

    /** Reads a message of {@code orders.failed}. */
    void readFailed(Message message) throws JMSException {
        String id = message.getStringProperty("order");
        require(texts.get(id).isEmpty(), id + " failed: " + message.getStringProperty("failure"));
        require(
                MALFORMED.equals(message.getStringProperty("failure")),
                id + ": " + message.getStringProperty("failure"));
        tally.saw(id, message.getJMSMessageID());
    }

    private static void require(boolean so, String otherwise) {
        if (!so) {
            throw new AssertionError(otherwise);
        }
    }

    Tally tally() {
        return tally;
    }

    /** How many results are of an input that had been delivered before. */
    long begunAgain() {
        return begunAgain.get();
    }

    /** How many results each worker has made. */
    Map<String, Long> byWorker() {
        synchronized (byWorker) {
            return new HashMap<>(byWorker);
        }
    }
}
