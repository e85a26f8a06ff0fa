package io.github.dagwasm.examples.jms;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.spi.RunFailedException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.jms.MessageCreatedStrategy;
import org.springframework.jms.JmsException;

/**
 * What becomes of a message whose pipeline failed. A failure that can pass (the sandbox is full, an
 * endpoint did not answer, the broker was away) is left to the broker: it delivers the message
 * again, later, to whichever worker is free. Any other failure, and one that has not passed in
 * {@code attempts} deliveries, is final: the message goes where failed ones go, as it was sent, and
 * says why. Thread-safe once it is configured.
 */
public final class Failures implements MessageCreatedStrategy {

    /** The property that says in one line what went wrong. */
    public static final String FAILURE = "failure";

    /** The property that says it in one word, such as {@code malformed_text}. */
    public static final String KIND = "failure_kind";

    private static final int MOST_CHARACTERS = 1024;

    /** The broker's own properties, which would steer where and when a copy is delivered. */
    private static final String BROKERS_OWN = "_AMQ_";

    private int attempts;

    /**
     * Sets after how many deliveries a failure that could pass is final.
     *
     * @param attempts 1 at least, and less than the broker's own bound
     */
    public void setAttempts(int attempts) {
        if (attempts < 1 || attempts >= Broker.MOST_DELIVERIES) {
            throw new IllegalArgumentException(
                    "attempts: expected 1 to "
                            + (Broker.MOST_DELIVERIES - 1)
                            + ", actual "
                            + attempts);
        }
        this.attempts = attempts;
    }

    /**
     * Whether another delivery cannot help, or has been tried often enough.
     *
     * @param exchange an exchange that failed
     * @return true if the message belongs to those that failed
     */
    public boolean isFinal(Exchange exchange) {
        List<Throwable> chain = chain(exchange);
        if (chain.stream().anyMatch(e -> e instanceof JMSException || e instanceof JmsException)) {
            return false;
        }
        boolean canPass =
                chain.stream()
                        .filter(DagWasmException.class::isInstance)
                        .map(DagWasmException.class::cast)
                        .findFirst()
                        .map(DagWasmException::retryable)
                        .orElse(false);
        int deliveries = exchange.getMessage().getHeader("JMSXDeliveryCount", 1, int.class);
        return !canPass || deliveries >= attempts;
    }

    /**
     * Makes an answer of a failure, so that who asked need not wait until the time is up.
     *
     * @param exchange an exchange that failed
     */
    public void answer(Exchange exchange) {
        exchange.getMessage().setBody(reason(exchange));
        exchange.getMessage().setHeader(FAILURE, reason(exchange));
        exchange.getMessage().setHeader(KIND, kind(exchange));
    }

    /** Adds the reason to the original of a message, whose body nobody opens. */
    @Override
    public void onMessageCreated(Message message, Session session, Exchange exchange, Throwable e) {
        try {
            Map<String, Object> properties = new LinkedHashMap<>();
            for (Object name : Collections.list(message.getPropertyNames())) {
                String key = name.toString();
                if (!key.startsWith(BROKERS_OWN) && !key.equals("JMSXDeliveryCount")) {
                    properties.put(key, message.getObjectProperty(key));
                }
            }
            properties.put(FAILURE, reason(exchange));
            properties.put(KIND, kind(exchange));
            message.clearProperties();
            for (Map.Entry<String, Object> property : properties.entrySet()) {
                message.setObjectProperty(property.getKey(), property.getValue());
            }
        } catch (JMSException failure) {
            throw new IllegalStateException("the reason cannot be added: " + failure, failure);
        }
    }

    private static String reason(Exchange exchange) {
        Throwable failure = failure(exchange);
        String reason = failure instanceof DagWasmException ? failure.getMessage() : null;
        return GuestText.escape(reason == null ? failure.toString() : reason, MOST_CHARACTERS);
    }

    private static String kind(Exchange exchange) {
        Throwable failure = failure(exchange);
        if (failure instanceof RunFailedException run && !run.causes().isEmpty()) {
            return run.causes().get(0).kind();
        }
        return failure instanceof DagWasmException known ? known.kind() : "unreadable_message";
    }

    /** What this project has to say of it, else what there is. */
    private static Throwable failure(Exchange exchange) {
        List<Throwable> chain = chain(exchange);
        return chain.stream()
                .filter(DagWasmException.class::isInstance)
                .findFirst()
                .orElse(chain.get(chain.size() - 1));
    }

    private static List<Throwable> chain(Exchange exchange) {
        Throwable caught =
                exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        List<Throwable> chain = new ArrayList<>();
        for (Throwable e = caught; e != null && !chain.contains(e); e = e.getCause()) {
            chain.add(e);
        }
        return chain;
    }
}
