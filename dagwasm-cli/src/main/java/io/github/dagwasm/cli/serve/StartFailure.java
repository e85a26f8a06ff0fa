package io.github.dagwasm.cli.serve;

import io.github.dagwasm.failure.DagWasmException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelCamelContext;

/** Why Camel did not start, in sentences. */
final class StartFailure {

    private static final String FILE = "file:";
    private static final String MISSING_COMPONENT =
            " (the jars of components that dagwasm does not bring along go into DAGWASM_CLASSPATH)";

    private final List<Throwable> chain = new ArrayList<>();

    private StartFailure(Throwable failure) {
        for (Throwable e = failure; e != null && !chain.contains(e); e = e.getCause()) {
            chain.add(e);
        }
    }

    /** A file that Camel did not load. */
    static String sentence(Throwable failure, Path file) {
        return new StartFailure(failure).sentence(file + ": ");
    }

    /** What kept a context from starting. */
    static String sentence(Throwable failure, Optional<CamelContext> context) {
        StartFailure start = new StartFailure(failure);
        return start.sentence(context.flatMap(start::place).orElse(""));
    }

    private String sentence(String place) {
        Optional<UnservableException> said = first(UnservableException.class);
        if (said.isPresent()) {
            return said.get().getMessage();
        }
        String sentence =
                first(DagWasmException.class)
                        .map(e -> ours(e, place))
                        .orElseGet(() -> place + property() + problem());
        return lacksComponent() ? sentence.replaceFirst("[.]$", "") + MISSING_COMPONENT : sentence;
    }

    /** A pipeline that has no file does not know the route's. */
    private static String ours(DagWasmException e, String place) {
        String message = e.getMessage();
        return message.startsWith("dagwasm:") ? place + message : message;
    }

    private String problem() {
        Throwable root = chain.get(chain.size() - 1);
        if (root instanceof PropertyBindingException) {
            return "there is no such option, or it has no such value";
        }
        return OneLine.of(root.getMessage() == null ? root.toString() : root.getMessage());
    }

    private String property() {
        return first(PropertyBindingException.class)
                .filter(e -> e.getOptionPrefix() != null)
                .map(e -> e.getOptionPrefix() + "." + e.getOptionKey() + "=" + e.getValue() + ": ")
                .map(text -> OneLine.of(text.replace("..", ".")) + " ")
                .orElse("");
    }

    private boolean lacksComponent() {
        return chain.stream()
                .flatMap(e -> Stream.concat(Stream.of(e), Stream.of(e.getSuppressed())))
                .anyMatch(NoSuchEndpointException.class::isInstance);
    }

    /** The file and line of the route that failed. */
    private Optional<String> place(CamelContext context) {
        return first(FailedToCreateRouteException.class)
                .map(FailedToCreateRouteException::getRouteId)
                .or(
                        () ->
                                first(FailedToStartRouteException.class)
                                        .map(FailedToStartRouteException::getRouteId))
                .map(id -> place((ModelCamelContext) context, id));
    }

    private static String place(ModelCamelContext context, String routeId) {
        FromDefinition from = context.getRouteDefinition(routeId).getInput();
        String route = "route " + routeId + ": ";
        String location = from.getLocation();
        if (location == null) {
            return route;
        }
        String file = location.startsWith(FILE) ? location.substring(FILE.length()) : location;
        return file + ":" + from.getLineNumber() + ": " + route;
    }

    private <T extends Throwable> Optional<T> first(Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
