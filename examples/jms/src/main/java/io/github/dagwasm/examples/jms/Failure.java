package io.github.dagwasm.examples.jms;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.text.GuestText;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.springframework.jms.JmsException;

/**
 * Why an exchange failed.
 *
 * @param reason one line of bounded length
 * @param kind one word, such as {@code malformed_text}
 * @param canPass whether another try, later, may succeed
 */
record Failure(String reason, String kind, boolean canPass) {

    /** The property that tells the reason. */
    static final String REASON = "failure";

    /** The property that tells the kind. */
    static final String KIND = "failure_kind";

    private static final int MOST_CHARACTERS = 1024;

    /** What was caught of an exchange; its message is not looked at. */
    static Failure of(Exchange exchange) {
        List<Throwable> chain = new ArrayList<>();
        Throwable caught =
                exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        for (Throwable e = caught; e != null && !chain.contains(e); e = e.getCause()) {
            chain.add(e);
        }
        Optional<DagWasmException> known =
                chain.stream()
                        .filter(DagWasmException.class::isInstance)
                        .map(DagWasmException.class::cast)
                        .findFirst();
        if (known.isPresent()) {
            DagWasmException failure = known.get();
            return new Failure(line(failure.getMessage()), kind(failure), failure.retryable());
        }
        // What JMS itself fails with: a broker that was away comes back.
        boolean ofTransport =
                chain.stream()
                        .anyMatch(e -> e instanceof JMSException || e instanceof JmsException);
        return new Failure(
                line(String.valueOf(chain.isEmpty() ? null : chain.get(chain.size() - 1))),
                ofTransport ? "transport" : "unreadable_message",
                ofTransport);
    }

    private static String kind(DagWasmException failure) {
        return failure instanceof RunFailedException run && !run.causes().isEmpty()
                ? run.causes().get(0).kind()
                : failure.kind();
    }

    private static String line(String message) {
        return GuestText.escape(message, MOST_CHARACTERS);
    }
}
