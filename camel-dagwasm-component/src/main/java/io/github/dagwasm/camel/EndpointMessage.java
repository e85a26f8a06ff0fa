package io.github.dagwasm.camel;

import io.github.dagwasm.spi.ProcessorCall;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;

/**
 * Makes the exchange that an endpoint gets: the text, the headers of the allow-list, the caller's
 * id and trace, and nothing else of the caller's. Immutable.
 */
final class EndpointMessage {

    private final EndpointSettings settings;
    private final Endpoint endpoint;
    private final UnitOfWorkFactory works;

    EndpointMessage(EndpointSettings settings, Endpoint endpoint) {
        this.settings = settings;
        this.endpoint = endpoint;
        works = PluginHelper.getUnitOfWorkFactory(endpoint.getCamelContext());
        // As whoever makes units of work does: in a context without routes nobody has before.
        works.afterPropertiesConfigured(endpoint.getCamelContext());
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /**
     * An exchange with a unit of work of its own.
     *
     * @param context of the exchange that the run is for; empty where it is for none
     */
    Exchange of(ProcessorCall call, Optional<CallersContext> context) {
        Exchange exchange = filled(call, context);
        UnitOfWork work = works.createUnitOfWork(exchange);
        exchange.getExchangeExtension().setUnitOfWork(work);
        return exchange;
    }

    /**
     * An exchange in the transaction of the caller's: of the same unit of work, as the next step of
     * the caller's route would be, so that what takes part in the transaction ends with it.
     */
    Exchange within(ProcessorCall call, Exchange caller) {
        Exchange exchange = filled(call, Optional.of(CallersContext.of(caller)));
        exchange.getExchangeExtension().setUnitOfWork(caller.getUnitOfWork());
        exchange.getExchangeExtension().setTransacted(true);
        Object context = caller.getProperty(Exchange.TRANSACTION_CONTEXT_DATA);
        if (context != null) {
            exchange.setProperty(Exchange.TRANSACTION_CONTEXT_DATA, context);
        }
        return exchange;
    }

    private Exchange filled(ProcessorCall call, Optional<CallersContext> context) {
        Exchange exchange = endpoint.createExchange(settings.pattern());
        context.ifPresent(callers -> callers.putOn(exchange));
        exchange.setProperty(DagWasmConstants.PROCESSOR, settings.id());
        exchange.setProperty(ExchangePropertyKey.TO_ENDPOINT, endpoint.getEndpointUri());
        // Else some transports write a String in the charset of another time, and lose letters.
        exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, StandardCharsets.UTF_8.name());
        Message message = exchange.getMessage();
        message.setBody(call.text().string());
        Map<String, String> attributes = call.attributes();
        for (String name : settings.headers()) {
            String value = attributes.get(name);
            if (value != null) {
                message.setHeader(name, value);
            }
        }
        return exchange;
    }

    /** Nothing is done with an exchange any more; what waits for its end is told. */
    static void end(Exchange exchange) {
        UnitOfWorkHelper.doneUow(exchange.getUnitOfWork(), exchange);
    }
}
