package io.github.dagwasm.examples.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dagwasm.failure.DagWasmException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What a route has of a message.
 *
 * @param body the body's bytes as UTF-8
 * @param headers the headers {@code dagwasm.*} as strings, by name
 */
record Arrival(String body, Map<String, String> headers) {

    /** Reads the message that an exchange has now. */
    static Arrival of(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        Map<String, String> headers = new TreeMap<>();
        for (String name : message.getHeaders().keySet()) {
            if (name.startsWith("dagwasm.")) {
                headers.put(name, message.getHeader(name, String.class));
            }
        }
        return new Arrival(body == null ? "" : new String(body, UTF_8), headers);
    }

    /** Reads the failure that an exchange was ended by: its kind for a body, and no headers. */
    static Arrival ofFailure(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String kind = failure instanceof DagWasmException known ? known.kind() : failure.toString();
        return new Arrival(kind + ": " + failure.getMessage(), Map.of());
    }

    /** A long body is not printed whole. */
    @Override
    public String toString() {
        return body.length() <= 200
                ? "'" + body + "' " + headers
                : body.length() + " characters, '" + body.substring(0, 100) + "'... " + headers;
    }
}
