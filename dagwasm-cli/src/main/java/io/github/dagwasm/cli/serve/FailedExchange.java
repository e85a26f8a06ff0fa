package io.github.dagwasm.cli.serve;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.text.GuestText;
import java.util.Optional;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;

/**
 * An exchange that failed, in one line.
 *
 * @param route the route that it came in by
 * @param file the file that it came from, where it is one
 * @param reason what went wrong
 * @param what what became of it
 */
record FailedExchange(String route, Optional<String> file, String reason, What what) {

    /** What failed, and what became of it. */
    enum What {
        /** An exchange, for good. */
        WHOLE("failed"),
        /** What split or multicast made of an exchange, which may succeed all the same. */
        PART("failed, in part"),
        /** An error handler tries it again until it succeeds. */
        WAITING("waiting"),
        /** An error handler or a doCatch took care of it. */
        HANDLED("failed, handled");

        private final String words;

        What(String words) {
            this.words = words;
        }
    }

    private static final int MOST_OF_A_NAME = 200;

    static FailedExchange of(Exchange exchange, Throwable failure, What what) {
        String file = exchange.getMessage().getHeader(Exchange.FILE_NAME_CONSUMED, String.class);
        return new FailedExchange(
                String.valueOf(exchange.getFromRouteId()),
                Optional.ofNullable(file),
                failure == null ? "no reason is known" : reason(failure),
                what);
    }

    /** This project's failures speak for themselves; of others the kind matters too. */
    private static String reason(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof DagWasmException) {
                return e.getMessage();
            }
        }
        Throwable e = failure;
        while (isWrapper(e) && e.getCause() != null) {
            e = e.getCause();
        }
        return e.toString();
    }

    private static boolean isWrapper(Throwable e) {
        return e instanceof RuntimeCamelException || e instanceof CamelExchangeException;
    }

    @Override
    public String toString() {
        return what.words
                + ": route "
                + route
                + file.map(name -> ", file " + GuestText.escape(name, MOST_OF_A_NAME)).orElse("")
                + ": "
                + OneLine.of(reason);
    }
}
