package io.github.dagwasm.camel;

import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * What an endpoint's exchange takes over of the exchange that a run is for, beside its allowed
 * headers: the id, by which the two are told to belong together, and the spans that are open, so
 * that what the endpoint does is part of the same trace. Camel keeps spans in properties of the
 * exchange, as chains of which no link changes. Immutable.
 *
 * @param exchangeId the caller's exchange
 * @param span of camel-telemetry and what is built on it
 * @param adaptedSpan of the older camel-tracing and what is built on it
 */
record CallersContext(String exchangeId, Optional<Object> span, Optional<Object> adaptedSpan) {

    /** Where camel-telemetry keeps the innermost span; its API has no constant for it. */
    private static final String SPAN = "tracing.activeSpan";

    /** Where camel-tracing keeps it; Camel's constant for it is deprecated. */
    private static final String ADAPTED_SPAN = "OpenTracing.activeSpan";

    CallersContext {
        Objects.requireNonNull(exchangeId, "exchangeId");
    }

    static CallersContext of(Exchange caller) {
        return new CallersContext(
                caller.getExchangeId(),
                Optional.ofNullable(caller.getProperty(SPAN)),
                Optional.ofNullable(caller.getProperty(ADAPTED_SPAN)));
    }

    void putOn(Exchange exchange) {
        exchange.setProperty(ExchangePropertyKey.CORRELATION_ID, exchangeId);
        span.ifPresent(value -> exchange.setProperty(SPAN, value));
        adaptedSpan.ifPresent(value -> exchange.setProperty(ADAPTED_SPAN, value));
    }
}
