package io.github.dagwasm.benchmarks.worker;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A Camel context with one route behind {@code direct:}, without JMX; all threads send by one
 * template. It runs on any Camel that has what it names.
 */
final class CamelRoute implements Embedding {

    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final Endpoint direct;

    /** Starts the context. */
    CamelRoute(Route route) throws Exception {
        camel.disableJMX();
        camel.addRoutes(
                new RouteBuilder() {
                    @Override
                    public void configure() throws Exception {
                        route.extend(from("direct:benchmark"));
                    }
                });
        camel.start();
        direct = camel.getEndpoint("direct:benchmark");
        template = camel.createProducerTemplate();
    }

    /** A component may answer bytes: the sender wants text of all alike. */
    @Override
    public Caller caller() {
        return text -> template.requestBody(direct, text, String.class);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
