package io.github.dagwasm.camel.route;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.camel.EndpointUri;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PatternHelper;

/**
 * The route of one pipeline file, built of Camel's model by hand: each of its parts has the line of
 * the file that it comes from.
 */
final class PipelineRoute extends RouteBuilder {

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String CONFIGURATION = "route_configuration";

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
        requireAllowed();
        definition.from().ifPresent(uri -> resolve(FROM, uri));
        definition.to().ifPresent(uri -> resolve(TO, uri));
        definition.routeConfiguration().ifPresent(this::requireConfiguration);
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

    /** The file's own {@code direct:NAME} has a scheme that is always allowed. */
    private void requireAllowed() {
        List<Fault> faults = new ArrayList<>();
        component
                .endpointPolicy()
                .nameProblem(definition.name())
                .ifPresent(problem -> faults.add(definition.fault(problem)));
        definition.from().flatMap(uri -> forbidden(FROM, uri)).ifPresent(faults::add);
        definition.to().flatMap(uri -> forbidden(TO, uri)).ifPresent(faults::add);
        if (!faults.isEmpty()) {
            throw new PipelineFileException(faults);
        }
    }

    private Optional<Fault> forbidden(String key, String uri) {
        try {
            return component
                    .endpointPolicy()
                    .problem(getContext(), shown(key, uri))
                    .map(problem -> definition.fault(key, problem));
        } catch (ResolveEndpointFailedException e) {
            throw fault(key, shown(key, uri), problem(e), e);
        }
    }

    /**
     * Camel will resolve the URI again and find the same endpoint; but it would report a fault
     * without the line.
     */
    private void resolve(String key, String uri) {
        try {
            getContext().getEndpoint(uri);
        } catch (NoSuchEndpointException e) {
            String scheme = uri.substring(0, uri.indexOf(':'));
            throw fault(
                    key,
                    shown(key, uri),
                    getContext().hasComponent(scheme) == null
                            ? "there is no component '"
                                    + shown(key, uri).part(scheme)
                                    + "'; is its jar on the class path?"
                            : e.getMessage(),
                    e);
        } catch (ResolveEndpointFailedException e) {
            throw fault(key, shown(key, uri), problem(e), e);
        }
    }

    /** Camel would go on without it, and so without the error handling that the file asks for. */
    private void requireConfiguration(String ids) {
        List<String> known =
                ((ModelCamelContext) getContext())
                        .getRouteConfigurationDefinitions().stream()
                                .map(RouteConfigurationDefinition::getId)
                                .toList();
        for (String id : ids.split(",", -1)) {
            if (known.stream().noneMatch(k -> PatternHelper.matchPattern(k, id))) {
                String shown = definition.written(CONFIGURATION).map(Written::text).orElse(id);
                String problem =
                        "there is no route configuration '"
                                + shown
                                + "'; there "
                                + (known.isEmpty()
                                        ? "is none"
                                        : "are: " + String.join(", ", known));
                throw new PipelineFileException(List.of(definition.fault(CONFIGURATION, problem)));
            }
        }
    }

    private EndpointUri shown(String key, String uri) {
        return EndpointUri.of(uri, definition.written(key));
    }

    private PipelineFileException fault(
            String key, EndpointUri uri, String problem, Exception reason) {
        PipelineFileException fault =
                new PipelineFileException(List.of(definition.fault(key, uri.masked(problem))));
        if (uri.isKeptBy(reason)) {
            fault.addSuppressed(reason);
        }
        return fault;
    }

    private static String problem(ResolveEndpointFailedException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private <T extends OptionalIdentifiedDefinition<?>> T placed(T part, String key) {
        part.setLineNumber(definition.lineOf(key));
        part.setLocation(getResource().getLocation());
        return part;
    }
}
