package io.github.dagwasm.camel;

import io.github.dagwasm.wasm.LoadUse;
import io.github.dagwasm.wasm.SandboxBounds;
import io.github.dagwasm.wasm.SandboxUse;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.management.openmbean.TabularData;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;

/**
 * What there is to be seen of a component: the counts of all its endpoints, its sandbox, what does
 * not load. JMX tells of it, and so may an observer; of no text either does.
 */
abstract class ObservedComponent extends AuthorOptions {

    private final RunTotals totals = new RunTotals();
    private final FailedLoads failedLoads = new FailedLoads();
    private Optional<ComponentObserver> observer = Optional.empty();

    /** What the endpoints share, if any was needed yet. */
    abstract Optional<ContextRuntime> runtimeSoFar();

    final RunTotals totals() {
        return totals;
    }

    final FailedLoads failedLoads() {
        return failedLoads;
    }

    final void tell(DagWasmComponent self) {
        observer =
                ServiceLoader.load(
                                ComponentObserver.class, ObservedComponent.class.getClassLoader())
                        .findFirst();
        observer.ifPresent(one -> one.started(self));
    }

    @Override
    protected void doStop() throws Exception {
        observer.ifPresent(ComponentObserver::stopped);
        observer = Optional.empty();
        super.doStop();
    }

    /**
     * Which endpoints did not load when that was last tried, and why. An endpoint is forgotten when
     * it loads or stops; of many the latest are told of.
     *
     * @return sentences by URI without its secrets, both escaped and bounded
     */
    public Map<String, String> loadFailures() {
        return failedLoads.reasons();
    }

    /**
     * What all calls of guests have.
     *
     * @return the figures, now
     */
    public SandboxFigures sandbox() {
        SandboxBounds bounds = policy().sandbox();
        SandboxUse use =
                runtimeSoFar()
                        .map(ContextRuntime::sandboxUse)
                        .orElseGet(() -> new SandboxUse(0, 0, 0, 0));
        return new SandboxFigures(
                use.instances(),
                use.idle(),
                use.waiting(),
                use.memoryBytes(),
                bounds.instances(),
                bounds.memoryBytes());
    }

    /**
     * What loads of modules have.
     *
     * @return the figures, now
     */
    public LoadFigures loads() {
        LoadUse use = runtimeSoFar().map(ContextRuntime::loadUse).orElse(LoadUse.NONE);
        return new LoadFigures(
                use.running(), use.waiting(), use.leftBehind(), use.mostLeftBehind(), use.bytes());
    }

    /**
     * How many exchanges came to all endpoints.
     *
     * @return the number, those whose body was refused included
     */
    @ManagedAttribute(description = "Exchanges that came, those whose body was refused included")
    public long getRunsStarted() {
        return totals.figures().started();
    }

    /**
     * How many runs of all endpoints succeeded wholly.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Runs that succeeded wholly")
    public long getRunsSucceeded() {
        return totals.figures().succeeded();
    }

    /**
     * How many runs of all endpoints succeeded in part.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Runs that succeeded in part")
    public long getRunsPartial() {
        return totals.figures().partial();
    }

    /**
     * How many exchanges failed at all endpoints, before a run or in it.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Exchanges that failed, before a run or in it")
    public long getRunsFailed() {
        return totals.figures().failed();
    }

    /**
     * How many exchanges are under way.
     *
     * @return the number, now
     */
    @ManagedAttribute(description = "Exchanges under way")
    public long getRunsUnderWay() {
        return totals.figures().underWay();
    }

    /**
     * How many exchanges failed of which kind of failure.
     *
     * @return a table of kinds and counts
     */
    @ManagedAttribute(description = "Failures by their kind")
    public TabularData getFailuresByKind() {
        return ManagedTable.of("failures", "kind", "count", totals.figures().failures());
    }

    /**
     * The kind of the latest failure.
     *
     * @return the kind, or null if there was none
     */
    @ManagedAttribute(description = "The kind of the latest failure")
    public String getLastFailureKind() {
        return totals.figures().last().map(RunFigures.Failure::kind).orElse(null);
    }

    /**
     * When the latest failure was.
     *
     * @return the time, or null if there was none
     */
    @ManagedAttribute(description = "When the latest failure was")
    public Date getLastFailureTime() {
        return totals.figures().last().map(failure -> Date.from(failure.at())).orElse(null);
    }

    /**
     * How many endpoints do not load.
     *
     * @return the number; of many the latest are counted
     */
    @ManagedAttribute(description = "Endpoints that did not load when that was last tried")
    public int getEndpointsNotLoading() {
        return failedLoads.reasons().size();
    }

    /**
     * How many instances there are.
     *
     * @return the number, those that no call uses included
     */
    @ManagedAttribute(description = "Instances of modules, idle ones included")
    public int getSandboxInstances() {
        return sandbox().instances();
    }

    /**
     * How many instances no call uses.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Instances that are kept for the next calls")
    public int getSandboxIdleInstances() {
        return sandbox().idle();
    }

    /**
     * How many calls wait for room.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Calls that wait for room")
    public int getSandboxWaitingCalls() {
        return sandbox().waiting();
    }

    /**
     * What all instances take of the heap.
     *
     * @return bytes
     */
    @ManagedAttribute(description = "What all instances take of the heap, in bytes")
    public long getSandboxMemoryBytes() {
        return sandbox().memoryBytes();
    }

    /**
     * How many instances there may be.
     *
     * @return the number
     */
    @ManagedAttribute(description = "How many instances there may be")
    public int getSandboxMaxInstances() {
        return sandbox().maxInstances();
    }

    /**
     * What all instances may take of the heap.
     *
     * @return bytes
     */
    @ManagedAttribute(description = "What all instances may take of the heap, in bytes")
    public long getSandboxMaxMemoryBytes() {
        return sandbox().maxMemoryBytes();
    }

    /**
     * Whether another call would have to wait.
     *
     * @return true if it would
     */
    @ManagedAttribute(description = "Whether another call would have to wait")
    public boolean isSandboxFull() {
        return sandbox().full();
    }

    /**
     * How many threads are inside Java processors that did not heed the interrupt when their time
     * was up.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Threads left behind in Java processors whose time was up")
    public int getAbandonedThreads() {
        return runtimeSoFar().map(ContextRuntime::abandonedThreads).orElse(0);
    }

    /**
     * How many loads of modules go on that nobody waits for any more.
     *
     * @return the number
     */
    @ManagedAttribute(description = "Loads that were not done in time and still run")
    public int getLoadsLeftBehind() {
        return loads().leftBehind();
    }

    /**
     * How many such loads there may be; then no other load begins.
     *
     * @return the number
     */
    @ManagedAttribute(description = "How many such loads there may be before others are refused")
    public int getMostLoadsLeftBehind() {
        return loads().mostLeftBehind();
    }

    /**
     * The modules that are loaded or being loaded.
     *
     * @return a table of digests and of how many processors use each
     */
    @ManagedAttribute(description = "Modules by digest, and how many processors use each")
    public TabularData getModules() {
        return ManagedTable.of(
                "modules",
                "sha256",
                "processors",
                runtimeSoFar().map(ContextRuntime::modules).orElseGet(Map::of));
    }

    /** Has all counters begin anew, those of all endpoints included. */
    @ManagedOperation(description = "Begin to count anew, at all endpoints")
    public void resetCounters() {
        totals.reset();
    }
}
