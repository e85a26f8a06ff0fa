package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunReport;
import org.apache.camel.Exchange;

/** A pipeline whose second processor, {@code ask}, is an endpoint. */
abstract class AskingFixture extends EndpointFixture {

    static final String ASKING =
            """
            processors:
              - { id: upper, backend: local, impl: change_text_case_upper }
              - id: ask
                backend: camel
                endpoint: "%s"
                depends_on: [upper]
                options: { %s }
                limits: { output_bytes: 40 }
            """;

    String asking(String endpoint, String options) {
        return camel.pipeline("asking", ASKING.formatted(endpoint, options));
    }

    Exchange asked(String options, Object body) {
        return sent(asking("direct:service", options), body);
    }

    static RunReport report(Exchange exchange) {
        return exchange.getProperty(DagWasmConstants.REPORT, RunReport.class);
    }

    static ProcessorReport asked(Exchange exchange) {
        return report(exchange).processors().get(1);
    }

    static String failure(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(RunFailedException.class);
        return exchange.getException().getMessage();
    }

    static Throwable cause(Exchange exchange) {
        return ((RunFailedException) exchange.getException()).causes().get(0);
    }

    static void throwIt(Exception thrown) throws Exception {
        throw thrown;
    }
}
