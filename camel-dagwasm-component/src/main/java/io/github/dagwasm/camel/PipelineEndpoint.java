package io.github.dagwasm.camel;

import io.github.dagwasm.executor.PlannedProcessor;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.TextLease;
import io.github.dagwasm.wasm.TextRoom;
import java.util.Date;
import java.util.Optional;
import java.util.function.Consumer;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.support.DefaultEndpoint;

/**
 * What an endpoint has at run time: its pipeline, for as long as somebody uses it, and the counts
 * of the exchanges that came. Of both JMX tells, but of no text.
 */
abstract class PipelineEndpoint extends DefaultEndpoint implements AsyncEndpoint {

    private static final int SHOWN = 200;

    private final SharedPipeline pipeline;
    private final RunCounts counts;
    private volatile Optional<TextRoom> texts = Optional.empty();
    private volatile boolean keptLoaded;

    PipelineEndpoint(String uri, DagWasmComponent component) {
        super(uri, component);
        pipeline = new SharedPipeline(this::loadObserved, component.loadOrder());
        counts = component.totals().countsOf(this);
    }

    /** Makes what the URI says ready to run. */
    abstract Pipeline load();

    private Pipeline loadObserved() {
        FailedLoads failed = getComponent().failedLoads();
        try {
            Pipeline loaded = load();
            texts = Optional.of(getComponent().runtime().texts());
            failed.forget(getEndpointUri());
            return loaded;
        } catch (RuntimeException | Error e) {
            failed.failed(getEndpointUri(), e);
            throw e;
        }
    }

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

    /** Room for the texts of one message; to be closed when its run is over. */
    TextLease textLease() {
        return texts.map(TextRoom::lease).orElse(TextLease.FREE);
    }

    RunCounts counts() {
        return counts;
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
        getComponent().failedLoads().forget(getEndpointUri());
        super.doStop();
    }

    /**
     * How many exchanges came.
     *
     * @return the number, those whose body was refused included
     */
    @ManagedAttribute(description = "Exchanges that came, those whose body was refused included")
    public long getRunsStarted() {
        return counts.figures().started();
    }

    /**
     * How many runs succeeded wholly.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Runs that succeeded wholly")
    public long getRunsSucceeded() {
        return counts.figures().succeeded();
    }

    /**
     * How many runs succeeded in part.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Runs that succeeded in part")
    public long getRunsPartial() {
        return counts.figures().partial();
    }

    /**
     * How many exchanges failed, before a run or in it.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Exchanges that failed, before a run or in it")
    public long getRunsFailed() {
        return counts.figures().failed();
    }

    /**
     * How many exchanges are under way.
     *
     * @return the number, now
     */
    @ManagedAttribute(description = "Exchanges under way")
    public long getRunsUnderWay() {
        return counts.figures().underWay();
    }

    /**
     * How many exchanges failed of which kind of failure.
     *
     * @return a table of kinds and counts
     */
    @ManagedAttribute(description = "Failures by their kind")
    public TabularData getFailuresByKind() {
        return ManagedTable.of("failures", "kind", "count", counts.figures().failures());
    }

    /**
     * The kind of the latest failure.
     *
     * @return the kind, or null if there was none
     */
    @ManagedAttribute(description = "The kind of the latest failure")
    public String getLastFailureKind() {
        return counts.figures().last().map(RunFigures.Failure::kind).orElse(null);
    }

    /**
     * When the latest failure was.
     *
     * @return the time, or null if there was none
     */
    @ManagedAttribute(description = "When the latest failure was")
    public Date getLastFailureTime() {
        return counts.figures().last().map(failure -> Date.from(failure.at())).orElse(null);
    }

    /**
     * The name of the pipeline.
     *
     * @return the name, or null while nobody uses the endpoint
     */
    @ManagedAttribute(description = "The name of the pipeline, while it is loaded")
    public String getPipelineName() {
        return pipeline().map(loaded -> shown(loaded.plan().name())).orElse(null);
    }

    /**
     * In which order the pipeline's processors run.
     *
     * @return the word of the pipeline file, or null while nobody uses the endpoint
     */
    @ManagedAttribute(description = "The strategy of the pipeline, while it is loaded")
    public String getPipelineStrategy() {
        return pipeline().map(loaded -> loaded.plan().strategy().key()).orElse(null);
    }

    /**
     * The modules of the pipeline and their digests.
     *
     * @return a table by processor, empty while nobody uses the endpoint
     */
    @ManagedAttribute(description = "The modules of the pipeline by processor, while it is loaded")
    public TabularData getModules() {
        ManagedTable table =
                new ManagedTable("modules", SimpleType.STRING, "processor", "module", "sha256");
        pipeline().ifPresent(loaded -> loaded.plan().processors().forEach(row(table)));
        return table.table();
    }

    private static Consumer<PlannedProcessor> row(ManagedTable table) {
        return planned -> {
            PipelineProcessor processor = planned.processor();
            processor
                    .sha256()
                    .ifPresent(
                            sha256 ->
                                    table.add(
                                            shown(planned.id()),
                                            shown(processor.resource().orElse("")),
                                            sha256));
        };
    }

    private static String shown(String text) {
        return GuestText.escape(text, SHOWN);
    }

    /** Has all counters begin anew; what is under way counts as started from then on. */
    @ManagedOperation(description = "Begin to count anew")
    public void resetCounters() {
        counts.reset();
    }
}
