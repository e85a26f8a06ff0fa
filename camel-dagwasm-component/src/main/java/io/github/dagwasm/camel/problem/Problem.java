package io.github.dagwasm.camel.problem;

import io.github.dagwasm.text.JsonWriter;
import java.util.Optional;

/**
 * What a client is told of a failure.
 *
 * @param status the status of HTTP
 * @param type a URI that tells problems apart that have the same status
 * @param title what kind of problem it is: the same text for every problem of the type
 * @param detail what is to be known of this one
 */
record Problem(int status, String type, String title, Optional<String> detail) {

    /** The project's own types: names, not addresses (RFC 4151). */
    private static final String TAG = "tag:dagwasm.github.io,2026:";

    /** A problem of which the status says all. */
    static Problem of(int status) {
        return new Problem(status, "about:blank", StatusPhrase.of(status), Optional.empty());
    }

    /** A problem of one of this project's types. */
    static Problem of(int status, String name, String title, String detail) {
        return new Problem(status, TAG + name, title, Optional.of(detail));
    }

    /** Whether the same request may well succeed a little later. */
    boolean passes() {
        return status == 503;
    }

    String toJson() {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("type").value(type).name("title").value(title).name("status").value(status);
        detail.ifPresent(text -> json.name("detail").value(text));
        return json.endObject().toString();
    }
}
