package io.github.dagwasm.cli.serve;

import io.github.dagwasm.cli.serve.FailedExchange.What;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandledEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Hears of every exchange that is over. What consumers made is counted; failures are told of
 * whether or not an error handler took care of them, and those of an exchange's parts too.
 */
final class ExchangeLog extends SimpleEventNotifierSupport {

    /** On an exchange whose failure was handled: Camel calls it completed afterwards. */
    private static final String FAILED = "DagWasmServeFailed";

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
        if (event instanceof ExchangeCompletedEvent completed) {
            Exchange exchange = completed.getExchange();
            boolean told = exchange.getProperty(FAILED) != null;
            boolean handled = exchange.getExchangeExtension().isFailureHandled();
            if (handled && !told) {
                tellHandled(exchange);
            }
            count(exchange, handled || told);
        } else if (event instanceof ExchangeFailedEvent failed) {
            Exchange exchange = failed.getExchange();
            tally.tell(
                    FailedExchange.of(
                            exchange,
                            exchange.getException(),
                            isWhole(exchange) ? What.WHOLE : What.PART));
            count(exchange, true);
        } else if (event instanceof ExchangeFailureHandledEvent handled) {
            Exchange exchange = handled.getExchange();
            exchange.setProperty(FAILED, true);
            tellHandled(exchange);
        }
    }

    /** There is no event for an error handler that only says that a failure is handled. */
    private void tellHandled(Exchange exchange) {
        tally.tell(
                FailedExchange.of(
                        exchange,
                        exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class),
                        What.HANDLED));
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

    /** What split and multicast make of an exchange are its parts. */
    private static boolean isWhole(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX) == null
                && exchange.getProperty(ExchangePropertyKey.MULTICAST_INDEX) == null;
    }
}
