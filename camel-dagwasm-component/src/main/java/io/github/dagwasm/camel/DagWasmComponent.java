package io.github.dagwasm.camel;

import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.wasm.Libraries;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.PropertiesHelper;

/**
 * The component {@code dagwasm}. It owns what all its endpoints share: one pool, one scheduler, the
 * modules that are loaded. Nothing of that is made before the first pipeline is read.
 */
@Component("dagwasm")
@ManagedResource(description = "Managed dagwasm component")
public final class DagWasmComponent extends ObservedComponent {

    private static final int LEAST_THREADS = 2;

    @Metadata(
            label = "advanced",
            description =
                    "How many threads all runs of this component share beside those of their callers. By default as many as there are cores, and 2 at least.")
    private int poolSize = Math.max(LEAST_THREADS, Runtime.getRuntime().availableProcessors());

    @Metadata(
            label = "advanced",
            defaultValue = "20",
            description =
                    "How many threads call the endpoints of camel processors. An endpoint that answers later by a thread of its own needs one only until it has sent; one that waits for its answer keeps it until then.")
    private int endpointPoolSize = 20;

    private final LoadOrder loadOrder = new LoadOrder();
    private ContextRuntime runtime;

    /**
     * How many threads all runs share.
     *
     * @return the number of threads
     */
    public int getPoolSize() {
        return poolSize;
    }

    /**
     * How many threads all runs share, beside those of their callers.
     *
     * @param poolSize the number of threads, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public void setPoolSize(int poolSize) {
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize must be >= 1, but is " + poolSize);
        }
        this.poolSize = poolSize;
    }

    /**
     * How many threads call the endpoints of {@code camel} processors.
     *
     * @return the number of threads
     */
    public int getEndpointPoolSize() {
        return endpointPoolSize;
    }

    /**
     * How many threads call the endpoints of {@code camel} processors.
     *
     * @param endpointPoolSize the number of threads, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public void setEndpointPoolSize(int endpointPoolSize) {
        if (endpointPoolSize < 1) {
            throw new IllegalArgumentException(
                    "endpointPoolSize must be >= 1, but is " + endpointPoolSize);
        }
        this.endpointPoolSize = endpointPoolSize;
    }

    /** What forbids something must not be set in vain. */
    @Override
    void requireUnused(String option) {
        if (runtime != null) {
            throw new IllegalStateException(
                    option + ": pipelines were read already; set it before the first one is");
        }
    }

    /**
     * A reader for pipeline files of this context: it knows the context's properties and the
     * processors in its registry.
     *
     * @return the reader
     */
    public PipelineReader pipelineReader() {
        return runtime().reader();
    }

    /**
     * Makes a pipeline ready to run, for a host that needs no endpoint.
     *
     * @param definition the pipeline, of a {@linkplain #pipelineReader() reader} of this component
     * @return the pipeline, closed by the caller before the component stops
     */
    public Pipeline load(PipelineDefinition definition) {
        return runtime().load(reader -> definition);
    }

    /**
     * What makes processors of this context's endpoints, for a {@link CamelBackend} of somebody
     * else's.
     *
     * @return the maker, which lives as long as the component is started
     */
    public EndpointProcessors endpointProcessors() {
        return runtime().endpoints();
    }

    /**
     * An endpoint for a pipeline that was read already, by the loader of route files for instance.
     * It is not registered with the context.
     *
     * @param definition the pipeline
     * @return the endpoint
     */
    public Endpoint endpointFor(PipelineDefinition definition) {
        DagWasmEndpoint endpoint =
                new DagWasmEndpoint(
                        "dagwasm://" + ProcessorKind.PIPELINE.key() + ":" + definition.file(),
                        this);
        endpoint.setCamelContext(getCamelContext());
        endpoint.setKind(ProcessorKind.PIPELINE.key());
        endpoint.setResource(definition.file());
        endpoint.setDefinition(definition);
        endpoint.setMetadataHeaders(definition.metadataHeaders());
        return endpoint;
    }

    /** Sets options of the component, by camel-main or the starter for instance. */
    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return strict(super.getComponentPropertyConfigurer());
    }

    /** Sets options of endpoints, those of URIs for instance. */
    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return strict(super.getEndpointPropertyConfigurer());
    }

    /** There is none before the component is built. */
    private static PropertyConfigurer strict(PropertyConfigurer configurer) {
        return configurer == null ? null : new StrictConfigurer(configurer);
    }

    @Override
    protected Endpoint createEndpoint(
            String uri, String remaining, Map<String, Object> parameters) {
        int colon = remaining.indexOf(':');
        ProcessorKind kind =
                ProcessorKind.of(colon < 0 ? remaining : remaining.substring(0, colon));
        if (colon < 0 || colon == remaining.length() - 1) {
            throw new IllegalArgumentException(
                    "dagwasm:" + kind.key() + ": names nothing; " + ProcessorKind.expected());
        }
        DagWasmEndpoint endpoint = new DagWasmEndpoint(uri, this);
        endpoint.setKind(kind.key());
        endpoint.setResource(remaining.substring(colon + 1));
        endpoint.setOption(
                new LinkedHashMap<>(PropertiesHelper.extractProperties(parameters, "option.")));
        return endpoint;
    }

    @Override
    protected void afterConfiguration(
            String uri, String remaining, Endpoint endpoint, Map<String, Object> parameters) {
        ((DagWasmEndpoint) endpoint).checkOptions();
    }

    /** What the endpoints share, made when it is first needed: then all options must be applied. */
    synchronized ContextRuntime runtime() {
        if (runtime == null) {
            UnappliedOptions.refuse(this);
            runtime =
                    new ContextRuntime(
                            getCamelContext(),
                            this,
                            poolSize,
                            () -> new ContextEndpoints(this, endpointPoolSize),
                            policy().withSources(moduleSources()).withGrants(grants()),
                            resolvableKeys());
        }
        return runtime;
    }

    /** Which of its pipelines are being loaded. */
    LoadOrder loadOrder() {
        return loadOrder;
    }

    @Override
    synchronized Optional<ContextRuntime> runtimeSoFar() {
        return Optional.ofNullable(runtime);
    }

    @Override
    protected void doStart() throws Exception {
        LogNotice.give();
        Libraries.requireWorking();
        // In a context that runs, camel-main starts a component before it applies the options.
        if (!getCamelContext().isStarted()) {
            UnappliedOptions.refuse(this);
        }
        super.doStart();
        tell(this);
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        synchronized (this) {
            if (runtime != null) {
                runtime.close();
                runtime = null;
            }
        }
    }
}
