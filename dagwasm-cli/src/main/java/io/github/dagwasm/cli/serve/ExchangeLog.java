package io.github.dagwasm.cli.serve;

import io.github.dagwasm.camel.DagWasmConstants;
import io.github.dagwasm.cli.serve.FailedExchange.What;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandledEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Log of exchanges. The log counts exchanges of consumers. Each exchange that fails gets one line,
 * also if an error handler takes care of the failure, and so does each of its parts that fails. An
 * exchange that is tried again without end gets a line at its first retry. A file that stays and
 * fails again gets no second line.
 */
final class ExchangeLog extends SimpleEventNotifierSupport {

    /**
     * What was caught on the way of an exchange: at its end it may fail nevertheless, or be one
     * that Camel calls completed.
     */
    private static final String CAUGHT = "DagWasmServeCaught";

    private final Tally tally;
    private final FilesThatStay filesThatStay = new FilesThatStay();

    ExchangeLog(Tally tally) {
        this.tally = tally;
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreExchangeEvents(false);
        setIgnoreExchangeCompletedEvent(false);
        setIgnoreExchangeFailedEvents(false);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeFailureHandledEvent handled) {
            Exchange exchange = handled.getExchange();
            exchange.setProperty(CAUGHT, caught(exchange));
        } else if (event instanceof ExchangeFailedEvent failed) {
            failed(failed.getExchange());
        } else if (event instanceof ExchangeRedeliveryEvent again && isFirstOfAnyNumber(again)) {
            Exchange exchange = again.getExchange();
            tally.tell(FailedExchange.of(exchange, caught(exchange), What.WAITING));
        } else if (event instanceof ExchangeCompletedEvent completed) {
            completed(completed.getExchange());
        }
    }

    private void failed(Exchange exchange) {
        boolean whole = isWhole(exchange);
        FailedExchange failure =
                FailedExchange.of(
                        exchange, exchange.getException(), whole ? What.WHOLE : What.PART);
        if (!whole || !filesThatStay.isKnown(exchange, failure)) {
            tally.tell(failure);
            count(exchange, true);
        }
    }

    /** An exchange that is tried again until it succeeds: nothing else would tell of it. */
    private static boolean isFirstOfAnyNumber(ExchangeRedeliveryEvent again) {
        return again.getAttempt() == 1
                && again.getExchange().getMessage().getHeader(Exchange.REDELIVERY_MAX_COUNTER)
                        == null;
    }

    /** There is no event for an error handler that only says that a failure is handled. */
    private void completed(Exchange exchange) {
        Throwable caught = exchange.getProperty(CAUGHT, Throwable.class);
        boolean handled = caught != null || exchange.getExchangeExtension().isFailureHandled();
        if (handled) {
            tally.tell(
                    FailedExchange.of(
                            exchange, caught == null ? caught(exchange) : caught, What.HANDLED));
        }
        count(exchange, handled);
    }

    private static Throwable caught(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
    }

    private void count(Exchange exchange, boolean failed) {
        if (isWhole(exchange)) {
            if (failed) {
                tally.failed();
            } else {
                tally.done();
            }
        }
    }

    /**
     * What split, multicast and a processor that is an endpoint make of an exchange are its parts.
     */
    private static boolean isWhole(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX) == null
                && exchange.getProperty(ExchangePropertyKey.MULTICAST_INDEX) == null
                && exchange.getProperty(DagWasmConstants.PROCESSOR) == null
                && !isBehindCircuitBreaker(exchange);
    }

    /** A circuit breaker works on a copy, whose failure the route need not share. */
    private static boolean isBehindCircuitBreaker(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.CORRELATION_ID) != null
                && exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK) != null;
    }
}
