package io.github.dagwasm.cli.serve;

import io.github.dagwasm.camel.DagWasmConstants;
import io.github.dagwasm.cli.serve.FailedExchange.What;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandledEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Hears of every exchange that is over. What consumers made is counted; of those that failed there
 * is one line, whether or not an error handler took care of them, and one for each of their parts
 * that failed.
 */
final class ExchangeLog extends SimpleEventNotifierSupport {

    /**
     * What was caught on the way of an exchange: at its end it may fail nevertheless, or be one
     * that Camel calls completed.
     */
    private static final String CAUGHT = "DagWasmServeCaught";

    private final Tally tally;

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
            Exchange exchange = failed.getExchange();
            tally.tell(
                    FailedExchange.of(
                            exchange,
                            exchange.getException(),
                            isWhole(exchange) ? What.WHOLE : What.PART));
            count(exchange, true);
        } else if (event instanceof ExchangeCompletedEvent completed) {
            completed(completed.getExchange());
        }
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
