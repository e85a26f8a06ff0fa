package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.KeySpec;
import java.util.List;

/**
 * The keys that make a pipeline file a route of Camel. Every reader knows them; they mean something
 * only to the loader of routes. Stateless.
 */
public final class RouteKeys {

    static final String FROM = "from";
    static final String TO = "to";
    static final String ROUTE_CONFIGURATION = "route_configuration";
    static final String METADATA_HEADERS = "metadata_headers";

    /** No control characters: a URI or an id is one line. */
    private static final String CHARACTERS = "[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]+";

    private static final String ENDPOINT_URI = "an endpoint URI such as file:inbox";

    private RouteKeys() {}

    static List<KeySpec> specs() {
        return List.of(
                endpoint(
                        FROM,
                        "Where a route of this file gets its messages: an endpoint URI; else"
                                + " direct:NAME."),
                endpoint(
                        TO,
                        "Where a route of this file sends what comes out: an endpoint URI; else"
                                + " nowhere."),
                KeySpec.of(
                                ROUTE_CONFIGURATION,
                                KeySpec.Type.STRING,
                                "Which of Camel's route configurations holds for a route of this"
                                        + " file.")
                        .matching(CHARACTERS, "the id of a route configuration"),
                KeySpec.of(
                                METADATA_HEADERS,
                                KeySpec.Type.BOOLEAN,
                                "Whether a route of this file also sets metadata as plain headers,"
                                        + " dagwasm.PROCESSOR.KEY, which transports let through.")
                        .defaultsTo("false"));
    }

    /**
     * A key whose value is the URI of an endpoint of Camel.
     *
     * @param name the key
     * @param description one sentence for the reference page
     * @return the spec
     */
    public static KeySpec endpoint(String name, String description) {
        return KeySpec.of(name, KeySpec.Type.STRING, description)
                .matchingSecret("[A-Za-z][A-Za-z0-9+.-]*:" + CHARACTERS, ENDPOINT_URI);
    }

    /** Whether the value of a key is the URI of an endpoint. */
    static boolean isEndpoint(KeySpec spec) {
        return spec.format().filter(f -> f.description().equals(ENDPOINT_URI)).isPresent();
    }
}
