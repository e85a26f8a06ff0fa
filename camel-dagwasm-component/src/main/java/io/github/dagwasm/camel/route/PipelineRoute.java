package io.github.dagwasm.camel.route;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.spi.PipelineFileException;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.Resource;

/**
 * The route of one pipeline file, built of Camel's model by hand: each of its parts has the line of
 * the file that it comes from.
 */
final class PipelineRoute extends RouteBuilder {

    private static final String FROM = "from";
    private static final String TO = "to";

    private final DagWasmComponent component;
    private final PipelineDefinition definition;

    PipelineRoute(DagWasmComponent component, PipelineDefinition definition, Resource resource) {
        super(component.getCamelContext());
        this.component = component;
        this.definition = definition;
        setResource(resource);
    }

    @Override
    public void configure() throws Exception {
        definition.from().ifPresent(uri -> resolve(FROM, uri));
        definition.to().ifPresent(uri -> resolve(TO, uri));
        RouteDefinition route = placed(new RouteDefinition(), FROM);
        route.setId(definition.name());
        definition.routeConfiguration().ifPresent(route::setRouteConfigurationId);
        route.setInput(
                placed(
                        new FromDefinition(definition.from().orElse("direct:" + definition.name())),
                        FROM));
        route.addOutput(placed(new ToDefinition(pipelineEndpoint()), "processors"));
        definition.to().ifPresent(uri -> route.addOutput(placed(new ToDefinition(uri), TO)));
        getRouteCollection().route(route);
    }

    /** In the context's registry, so that whoever looks at the context's endpoints sees it. */
    private Endpoint pipelineEndpoint() throws Exception {
        Endpoint endpoint = component.endpointFor(definition);
        getContext().addEndpoint(endpoint.getEndpointUri(), endpoint);
        return endpoint;
    }

    /**
     * Camel will resolve the URI again and find the same endpoint; but it would report a fault
     * without the line.
     */
    private void resolve(String key, String uri) {
        try {
            getContext().getEndpoint(uri);
        } catch (ResolveEndpointFailedException e) {
            PipelineFileException fault =
                    new PipelineFileException(List.of(definition.fault(key, problem(e))));
            fault.addSuppressed(e);
            throw fault;
        }
    }

    private static String problem(ResolveEndpointFailedException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private <T extends OptionalIdentifiedDefinition<?>> T placed(T part, String key) {
        part.setLineNumber(definition.lineOf(key));
        part.setLocation(getResource().getLocation());
        return part;
    }
}
