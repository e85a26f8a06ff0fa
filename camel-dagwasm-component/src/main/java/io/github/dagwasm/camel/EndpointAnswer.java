package io.github.dagwasm.camel;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Metadata;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.TextLease;
import java.io.Closeable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.apache.camel.util.IOHelper;

/** Makes a processor's result of an exchange that comes back. Immutable. */
final class EndpointAnswer {

    private static final Metadata.Keys RESULT = Metadata.keys("result");

    private static final BodyReader.Names ANSWER =
            new BodyReader.Names("", "the answer", "the answer");

    private final EndpointSettings settings;
    private final EndpointFailures failures;
    private final BodyReader bodies;

    EndpointAnswer(EndpointSettings settings, EndpointFailures failures) {
        this.settings = settings;
        this.failures = failures;
        bodies = new BodyReader(settings.outputBytes(), ANSWER, this::tooLarge);
    }

    private LimitExceededException tooLarge() {
        return LimitExceededException.byMore(
                "output bytes", settings.outputBytes(), settings.outputOption());
    }

    /**
     * The result, with the answer read to its end.
     *
     * @param room asked for room before a large answer is read
     * @throws DagWasmException if the endpoint failed, or its answer is no text
     */
    ProcessorResult of(Exchange exchange, Text input, TextLease room) {
        requireSuccess(exchange);
        if (settings.inOnly()) {
            return ProcessorResult.of(input);
        }
        Text answer = read(exchange, room);
        Map<String, String> headers = headers(exchange.getMessage());
        return settings.intent() == Intent.ANALYZE
                ? new ProcessorResult(input, RESULT.of(answer.string()), headers)
                : new ProcessorResult(answer, Map.of(), headers);
    }

    private void requireSuccess(Exchange exchange) {
        if (exchange.getException() != null) {
            throw failures.of(exchange.getException());
        }
        if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
            throw failures.of("the route behind it has marked its exchange for rollback", false);
        }
    }

    private Text read(Exchange exchange, TextLease room) {
        Text answer;
        try {
            answer = bodies.read(exchange, exchange.getMessage(), room);
        } catch (UnreadableBodyException e) {
            throw e.getCause() == null
                    ? failures.of(e.getMessage(), false)
                    : failures.of("the answer cannot be read: ", e.getCause());
        }
        int bytes = answer.utf8Length();
        if (bytes > settings.outputBytes()) {
            throw new LimitExceededException(
                    "output bytes", settings.outputBytes(), bytes, settings.outputOption());
        }
        return answer;
    }

    private Map<String, String> headers(Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : settings.resultHeaders()) {
            AttributeHeaders.value(message, name, "options.result_headers")
                    .ifPresent(value -> headers.put(name, value));
        }
        return headers;
    }

    /** Closes what an answer that nobody reads any more holds open. */
    static void close(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        Object content = body instanceof WrappedFile<?> file ? file.getBody() : body;
        if (content instanceof Closeable open) {
            IOHelper.close(open);
        }
    }
}
