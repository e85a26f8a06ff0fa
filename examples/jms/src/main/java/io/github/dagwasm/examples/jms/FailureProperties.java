package io.github.dagwasm.examples.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.SourceVersion;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.MessageCreatedStrategy;

/**
 * Adds the reason to a message that failed. It is the very message that came, whatever its kind,
 * and nobody opens it. A property whose name is no Java identifier, which JMS cannot write, is left
 * out.
 */
public final class FailureProperties implements MessageCreatedStrategy {

    /** The broker's own, which would steer where and when the message is delivered. */
    private static final String BROKERS = "_AMQ_";

    private static final String DELIVERIES = "JMSXDeliveryCount";

    @Override
    public void onMessageCreated(Message message, Session session, Exchange exchange, Throwable e) {
        Failure failure = Failure.of(exchange);
        try {
            Map<String, Object> properties = new LinkedHashMap<>();
            Enumeration<?> names = message.getPropertyNames();
            for (Object name : Collections.list(names)) {
                String key = name.toString();
                if (!key.startsWith(BROKERS) && !key.equals(DELIVERIES)) {
                    properties.put(key, message.getObjectProperty(key));
                }
            }
            properties.put(Failure.REASON, failure.reason());
            properties.put(Failure.KIND, failure.kind());
            // A message that came can be written to only from here on.
            message.clearProperties();
            for (Map.Entry<String, Object> property : properties.entrySet()) {
                if (SourceVersion.isIdentifier(property.getKey())) {
                    message.setObjectProperty(property.getKey(), property.getValue());
                }
            }
        } catch (JMSException fault) {
            throw new IllegalStateException("the reason cannot be added: " + fault, fault);
        }
    }
}
