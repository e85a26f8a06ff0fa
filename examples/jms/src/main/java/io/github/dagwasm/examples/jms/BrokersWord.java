package io.github.dagwasm.examples.jms;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;

/**
 * Keeps senders from speaking for the broker. Properties of JMS differ by case, headers of Camel do
 * not: a property {@code jmsxDeliveryCount} or {@code jmsMessageID} would take the place of what
 * the broker says. So of the names that begin with {@code JMS} in any case only those pass that JMS
 * itself defines, as it writes them.
 *
 * <p>Nor does a name pass that is no Java identifier: a sender can write it without JMS, but no
 * result can be sent with it.
 */
public final class BrokersWord extends JmsHeaderFilterStrategy {

    private static final String RESERVED = "JMS";

    private static final Set<String> DEFINED =
            Set.of("JMSXDeliveryCount", "JMSXGroupID", "JMSXGroupSeq");

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        boolean isReserved = name.toUpperCase(Locale.ROOT).startsWith(RESERVED);
        return (isReserved && !DEFINED.contains(name))
                || !SourceVersion.isIdentifier(name)
                || super.applyFilterToExternalHeaders(name, value, exchange);
    }
}
