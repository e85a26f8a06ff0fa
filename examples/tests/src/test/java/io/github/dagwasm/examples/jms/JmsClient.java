package io.github.dagwasm.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.examples.WorkerProcess;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plain JMS client that sends orders and requests, and takes what becomes of them. */
final class JmsClient implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 600_000;

    private final Map<String, JMSConsumer> consumers = new HashMap<>();
    private final JMSContext context;
    private final WorkerProcess worker;

    JmsClient(BrokerProcess broker, WorkerProcess worker) {
        context = Orders.connections(broker.port()).createContext();
        this.worker = worker;
    }

    JMSContext context() {
        return context;
    }

    BytesMessage bytes(byte[] bytes) throws JMSException {
        BytesMessage message = context.createBytesMessage();
        message.writeBytes(bytes);
        return message;
    }

    void order(Message order) {
        send("orders", order);
    }

    void send(String queue, Message message) {
        context.createProducer().send(context.createQueue(queue), message);
    }

    /** Sends a request, and waits for its answer. */
    Message ask(Message request) throws JMSException {
        Queue answers = context.createTemporaryQueue();
        request.setJMSReplyTo(answers);
        send("requests", request);
        try (var consumer = context.createConsumer(answers)) {
            return consumer.receive(PATIENCE_MILLIS);
        }
    }

    /** Waits for the next message of a queue, and takes it. */
    Message take(String queue) throws Exception {
        // Left open: a large message is read from the broker while it is looked at.
        Message message =
                consumers
                        .computeIfAbsent(
                                queue, name -> context.createConsumer(context.createQueue(name)))
                        .receive(PATIENCE_MILLIS);
        assertThat(message).as("in %s; worker: %s", queue, worker.err()).isNotNull();
        return message;
    }

    /** What a queue holds. */
    List<?> left(String queue) throws JMSException {
        try (var browser = context.createBrowser(context.createQueue(queue))) {
            Enumeration<?> left = browser.getEnumeration();
            return Collections.list(left);
        }
    }

    /** The properties of a message but for the count of its deliveries. */
    static Map<String, Object> properties(Message message) throws JMSException {
        Map<String, Object> properties = new TreeMap<>();
        Enumeration<?> names = message.getPropertyNames();
        for (Object name : Collections.list(names)) {
            if (!name.equals("JMSXDeliveryCount")) {
                properties.put(name.toString(), message.getObjectProperty(name.toString()));
            }
        }
        return properties;
    }

    @Override
    public void close() {
        context.close();
    }
}
