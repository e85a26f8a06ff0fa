package io.github.dagwasm.camel;

import io.github.dagwasm.runtime.Pipeline;
import java.util.Optional;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.support.DefaultEndpoint;

/** What an endpoint has at run time: its pipeline, for as long as somebody uses it. */
abstract class PipelineEndpoint extends DefaultEndpoint implements AsyncEndpoint {

    private final SharedPipeline pipeline;
    private volatile boolean keptLoaded;

    PipelineEndpoint(String uri, DagWasmComponent component) {
        super(uri, component);
        pipeline = new SharedPipeline(this::load, component.loadOrder());
    }

    /** Makes what the URI says ready to run. */
    abstract Pipeline load();

    @Override
    public DagWasmComponent getComponent() {
        return (DagWasmComponent) super.getComponent();
    }

    /**
     * The pipeline, while somebody uses it: a producer, or an expression.
     *
     * @return the pipeline, empty before the first user has started and after the last one has
     *     stopped
     */
    public Optional<Pipeline> pipeline() {
        return pipeline.loaded();
    }

    SharedPipeline sharedPipeline() {
        return pipeline;
    }

    /** Has the pipeline stay loaded, without a producer, until the endpoint stops. */
    void keepLoaded() {
        // Not under a lock: a load takes as long as it takes.
        var unused = pipeline.acquire();
        synchronized (this) {
            if (!keptLoaded) {
                keptLoaded = true;
                return;
            }
        }
        pipeline.release(false);
    }

    boolean isKeptLoaded() {
        return keptLoaded;
    }

    void letGo() {
        synchronized (this) {
            if (!keptLoaded) {
                return;
            }
            keptLoaded = false;
        }
        pipeline.release(false);
    }

    @Override
    protected void doStop() throws Exception {
        letGo();
        super.doStop();
    }
}
