package io.github.dagwasm.camel;

import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Written;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ExchangePattern;

/**
 * What a pipeline file says of a processor that is an endpoint.
 *
 * @param id the processor's id
 * @param endpoint the endpoint's URI, with all it may hold of secrets
 * @param written the URI as it is written, where it has placeholders
 * @param outputBytes how large the answer may be
 * @param outputOption what the user calls that limit
 * @param intent whether the answer is the text
 * @param inOnly whether no answer is asked for
 * @param headers the headers that the endpoint's message has
 * @param resultHeaders the headers of the answer that are handed on
 * @param retryOn the names of exceptions after which another try may help
 */
record EndpointSettings(
        String id,
        String endpoint,
        Optional<Written> written,
        long outputBytes,
        String outputOption,
        Intent intent,
        boolean inOnly,
        List<String> headers,
        List<String> resultHeaders,
        List<String> retryOn) {

    /** The pattern of the endpoint's exchanges. */
    ExchangePattern pattern() {
        return inOnly ? ExchangePattern.InOnly : ExchangePattern.InOut;
    }

    /** Tells nothing of the endpoint. */
    @Override
    public String toString() {
        return "EndpointSettings[" + intent + "]";
    }
}
