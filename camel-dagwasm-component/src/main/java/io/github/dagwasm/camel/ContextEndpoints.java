package io.github.dagwasm.camel;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ProcessorFailureException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ExchangePattern;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.LazyStartProducer;
import org.apache.camel.support.service.ServiceHelper;

/**
 * The endpoints of one Camel context as processors. It owns the threads that call them, and closes
 * them; each processor owns its producer.
 */
final class ContextEndpoints implements EndpointProcessors {

    private static final String NAME = "dagwasm-endpoints";
    private static final int MOST_WAITING = 1000;

    /** Causes of causes end somewhere; a cycle of them does not. */
    private static final int MOST_CAUSES = 50;

    private final DagWasmComponent component;
    private final CamelContext context;
    private final ExecutorServiceManager manager;
    private final ExecutorService threads;
    private final EndpointThreads pool;

    /**
     * Makes the threads.
     *
     * @param component whose context it is, and which says what endpoints there may be
     * @param poolSize how many threads call all the endpoints
     */
    ContextEndpoints(DagWasmComponent component, int poolSize) {
        this.component = component;
        context = component.getCamelContext();
        manager = context.getExecutorServiceManager();
        threads =
                manager.newThreadPool(component, NAME, ContextRuntime.poolProfile(NAME, poolSize));
        pool =
                new EndpointThreads(
                        threads,
                        new BoundedPool(threads, poolSize, MOST_WAITING),
                        poolSize,
                        MOST_WAITING);
    }

    @Override
    public PipelineProcessor create(ProcessorDefinition definition) {
        EndpointSettings settings = CamelKeys.settings(definition);
        EndpointUri uri = EndpointUri.of(settings.endpoint(), settings.written());
        String label = definition.label(Optional.of(uri.shown()));
        try {
            Optional<String> problem = problem(settings, uri);
            if (problem.isPresent()) {
                throw new ProcessorFailureException(problem.get(), null, false);
            }
            Endpoint endpoint = context.getEndpoint(uri.written());
            return new EndpointProcessor(settings, uri, endpoint, producer(endpoint), pool);
        } catch (Exception e) {
            throw refused(label, uri, e);
        }
    }

    /** Why there can be no such endpoint, whether Camel knows it or not. */
    private Optional<String> problem(EndpointSettings settings, EndpointUri uri) {
        return component.endpointPolicy().problem(context, uri).or(() -> overruled(settings, uri));
    }

    /**
     * What a URI says of the pattern holds where Camel sends: here it would be overruled silently.
     */
    private static Optional<String> overruled(EndpointSettings settings, EndpointUri uri) {
        ExchangePattern inUri = EndpointHelper.resolveExchangePatternFromUrl(settings.endpoint());
        return inUri == null || inUri == settings.pattern()
                ? Optional.empty()
                : Optional.of(
                        "exchangePattern in the URI is "
                                + uri.part(inUri.name())
                                + ", but options.pattern is "
                                + settings.pattern()
                                + "; say it with options.pattern alone");
    }

    private static AsyncProducer producer(Endpoint endpoint) throws Exception {
        boolean lazy = endpoint instanceof DefaultEndpoint own && own.isLazyStartProducer();
        AsyncProducer producer;
        if (!endpoint.isSingletonProducer()) {
            producer = new PooledProducers(endpoint, lazy);
        } else {
            producer = lazy ? new LazyStartProducer(endpoint) : endpoint.createAsyncProducer();
        }
        try {
            ServiceHelper.startService(endpoint, producer);
            return producer;
        } catch (Exception e) {
            ServiceHelper.stopAndShutdownService(producer);
            throw e;
        }
    }

    private static ProcessorFailureException refused(
            String label, EndpointUri uri, Exception failure) {
        return new ProcessorFailureException(
                label + ": " + problem(uri, failure),
                uri.isKeptBy(failure) ? failure : null,
                false);
    }

    private static String problem(EndpointUri uri, Exception failure) {
        EndpointFailures failures = new EndpointFailures(uri);
        Throwable cause = failure;
        for (int i = 0; i < MOST_CAUSES; i++) {
            if (cause.getCause() == null || cause instanceof DagWasmException) {
                break;
            }
            cause = cause.getCause();
        }
        if (cause instanceof NoSuchEndpointException) {
            String scheme = uri.written().substring(0, uri.written().indexOf(':'));
            return "there is no component '"
                    + uri.part(scheme)
                    + "'; is its jar on the class path?";
        }
        return failures.told(cause);
    }

    /** What is called at this moment goes on, on the thread that it has. */
    @Override
    public void close() {
        manager.shutdown(threads);
    }
}
