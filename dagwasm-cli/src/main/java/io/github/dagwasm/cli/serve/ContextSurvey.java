package io.github.dagwasm.cli.serve;

import io.github.dagwasm.camel.DagWasmEndpoint;
import io.github.dagwasm.executor.PlannedProcessor;
import io.github.dagwasm.spi.PipelineProcessor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.URISupport;

/** Looks at a started context and tells what it serves. */
final class ContextSurvey {

    private static final String DIRECTORY = "{{dagwasm.dir}}";

    private final RouteFolder folder;
    private final CamelContext context;

    ContextSurvey(RouteFolder folder, CamelContext context) {
        this.folder = folder;
        this.context = context;
    }

    Banner banner() {
        List<Banner.Route> routes =
                ((ModelCamelContext) context)
                        .getRouteDefinitions().stream().map(this::route).toList();
        return new Banner(folder.directory().toString(), routes, List.copyOf(modules()));
    }

    /** Without what stands at the top only, as onException: it is on no message's regular way. */
    private Banner.Route route(RouteDefinition route) {
        List<String> steps =
                route.getOutputs().stream()
                        .filter(step -> !(step.isAbstract() && step.isTopLevelOnly()))
                        .map(this::step)
                        .toList();
        return new Banner.Route(
                route.getRouteId(),
                uri(route.getInput().getEndpointUri()),
                steps,
                context.getRouteController().getRouteStatus(route.getRouteId()).isStarted());
    }

    private String step(ProcessorDefinition<?> step) {
        return step instanceof EndpointRequiredDefinition endpoint
                ? uri(endpoint.getEndpointUri())
                : step.getShortName();
    }

    /** As it is written, so that what a placeholder hides stays hidden, but without options. */
    private String uri(String written) {
        String uri = URISupport.sanitizeUri(written);
        int options = uri.indexOf('?');
        String path = options < 0 ? uri : uri.substring(0, options);
        String directory = folder.directory().toString();
        return OneLine.of(
                path.replace(DIRECTORY, directory)
                        .replace(folder.absolute(), directory)
                        .replaceFirst("^(file|dagwasm|direct|seda|timer|log|bean)://", "$1:"));
    }

    private Set<Banner.Module> modules() {
        Set<Banner.Module> modules = new LinkedHashSet<>();
        context.getEndpoints().stream()
                .filter(DagWasmEndpoint.class::isInstance)
                .map(DagWasmEndpoint.class::cast)
                .flatMap(endpoint -> endpoint.pipeline().stream())
                .flatMap(pipeline -> pipeline.plan().processors().stream())
                .map(PlannedProcessor::processor)
                .flatMap(ContextSurvey::module)
                .forEach(modules::add);
        return modules;
    }

    private static Stream<Banner.Module> module(PipelineProcessor processor) {
        return processor
                .sha256()
                .map(sha256 -> new Banner.Module(processor.resource().orElse("?"), sha256))
                .stream();
    }
}
