package io.github.dagwasm.camel;

import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;

/**
 * The component {@code dagwasm}. It owns what all its endpoints share: one pool, one scheduler, the
 * modules that are loaded. Nothing of that is made before the first pipeline is read.
 */
@Component("dagwasm")
public final class DagWasmComponent extends DefaultComponent {

    private static final int LEAST_THREADS = 2;

    @Metadata(
            label = "advanced",
            description =
                    "How many threads all runs of this component share beside those of their callers. By default as many as there are cores, and 2 at least.")
    private int poolSize = Math.max(LEAST_THREADS, Runtime.getRuntime().availableProcessors());

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
     * A reader for pipeline files of this context: it knows the context's properties and the
     * processors in its registry.
     *
     * @return the reader
     */
    public PipelineReader pipelineReader() {
        return runtime().reader();
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
        return endpoint;
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

    /** What the endpoints share, made when it is first needed. */
    synchronized ContextRuntime runtime() {
        if (runtime == null) {
            runtime = new ContextRuntime(getCamelContext(), this, poolSize);
        }
        return runtime;
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
