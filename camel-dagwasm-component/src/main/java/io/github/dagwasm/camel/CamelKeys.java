package io.github.dagwasm.camel;

import io.github.dagwasm.pipeline.RouteKeys;
import io.github.dagwasm.spi.AttributeNames;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys and options of a processor that is an endpoint: their names, and how their values are
 * read. Knows nothing of Camel's, so that a command that only reads files need not load it.
 * Stateless.
 */
final class CamelKeys {

    static final String ENDPOINT = "endpoint";
    static final String OUTPUT_BYTES = "output_bytes";
    static final String LIMITS = "limits";
    static final String PATTERN = "pattern";
    static final String IN_OUT = "InOut";
    static final String IN_ONLY = "InOnly";

    private static final String HEADERS = "headers";
    private static final String RESULT_HEADERS = "result_headers";
    private static final String RETRY_ON = "retry_on";
    private static final String OPTIONS = "options.";

    private static final long DEFAULT_OUTPUT_BYTES = 10L << 20;
    private static final double MOST_OUTPUT_BYTES = 1 << 30;

    private CamelKeys() {}

    static List<KeySpec> keys() {
        return List.of(
                RouteKeys.endpoint(
                                ENDPOINT,
                                "The endpoint's URI. Its component must be on the class path, and"
                                        + " its scheme one that the component allows.")
                        .mandatory(),
                KeySpec.block(
                        LIMITS,
                        "What one call may use.",
                        List.of(
                                KeySpec.of(
                                                OUTPUT_BYTES,
                                                KeySpec.Type.INTEGER,
                                                "The answer, in bytes as they come and in bytes of"
                                                        + " UTF-8.")
                                        .between(0, MOST_OUTPUT_BYTES)
                                        .defaultsTo(Long.toString(DEFAULT_OUTPUT_BYTES)))));
    }

    static List<KeySpec> options() {
        return List.of(
                Intent.option(
                        "Whether the answer is the text (transform) or metadata" + " (analyze)."),
                KeySpec.of(
                                PATTERN,
                                KeySpec.Type.STRING,
                                "Whether the endpoint is asked for an answer (InOut), or only told"
                                        + " (InOnly): then the text stays what it is.")
                        .oneOf(List.of(IN_OUT, IN_ONLY))
                        .defaultsTo(IN_OUT),
                AttributeNames.option(
                        HEADERS,
                        "The names of the headers that the endpoint's message has too, 64"
                                + " at the most; it has no others."),
                AttributeNames.option(
                        RESULT_HEADERS,
                        "The names of the answer's headers that the message gets once the"
                                + " run has succeeded, 64 at the most; they replace those"
                                + " that it has."),
                KeySpec.of(
                                RETRY_ON,
                                KeySpec.Type.STRINGS,
                                "The classes of exceptions, by their names with or without the"
                                        + " package, after which another try may help; after I/O"
                                        + " failures and timeouts it may anyway.")
                        .matching(
                                "[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*",
                                "the name of a class such as SQLException"));
    }

    /** What of a processor's options does not go together, or is not for its author to ask. */
    static List<KeyFault> faults(KeyValues options) {
        List<KeyFault> faults = new ArrayList<>();
        faults.addAll(AttributeNames.showFaults(OPTIONS + HEADERS, options.strings(HEADERS)));
        faults.addAll(
                AttributeNames.handOnFaults(
                        OPTIONS + RESULT_HEADERS, options.strings(RESULT_HEADERS)));
        if (inOnly(options) && options.has(RESULT_HEADERS)) {
            faults.add(
                    new KeyFault(
                            OPTIONS + RESULT_HEADERS,
                            "there is no answer with pattern: InOnly; expected pattern: InOut, or"
                                    + " no "
                                    + RESULT_HEADERS));
        }
        return faults;
    }

    /** What a pipeline file says of a processor. */
    static EndpointSettings settings(ProcessorDefinition definition) {
        KeyValues options = definition.options();
        return new EndpointSettings(
                definition.id(),
                definition.keys().requiredString(ENDPOINT),
                definition.keys().written(ENDPOINT),
                definition.keys().block(LIMITS).integer(OUTPUT_BYTES).orElse(DEFAULT_OUTPUT_BYTES),
                definition.nameOf(LIMITS + "." + OUTPUT_BYTES),
                Intent.of(options),
                inOnly(options),
                options.strings(HEADERS),
                options.strings(RESULT_HEADERS),
                options.strings(RETRY_ON));
    }

    private static boolean inOnly(KeyValues options) {
        return options.string(PATTERN).filter(IN_ONLY::equals).isPresent();
    }
}
