package io.github.dagwasm.camel;

import io.github.dagwasm.executor.RunHandle;
import io.github.dagwasm.runtime.Pipeline;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded pipeline and the runs it has under way. Once retired it takes no more of them, and it is
 * closed when the last one is over. Safe for use by any number of threads.
 */
final class LivePipeline {

    private static final Logger LOG = LoggerFactory.getLogger(LivePipeline.class);

    private final Pipeline pipeline;
    private final RunsUnderWay underWay = new RunsUnderWay();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean retired;

    LivePipeline(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /**
     * A run is about to start. Where the pipeline is retired it is cancelled, and will say so.
     *
     * @return where it was noted, to be told when it is over
     */
    int begins(RunHandle run) {
        int place = underWay.add(run);
        if (retired) {
            run.cancel();
        }
        return place;
    }

    /** A run is over; to be told after its last use of the pipeline. */
    void ended(RunHandle run, int place) {
        underWay.remove(run, place);
        if (retired) {
            closeIfIdle();
        }
    }

    /** Takes no more runs; those under way are cancelled, or left to end by themselves. */
    void retire(boolean cancel) {
        retired = true;
        if (cancel) {
            underWay.forEach(RunHandle::cancel);
        }
        closeIfIdle();
    }

    /**
     * What a processor throws then, an error too, is no failure of the run that was the last one:
     * its exchange is still to be told of.
     */
    private void closeIfIdle() {
        if (underWay.isEmpty() && closed.compareAndSet(false, true)) {
            try {
                pipeline.close();
            } catch (RuntimeException | Error e) {
                LOG.warn("pipeline '{}': closing its processors failed", name(), e);
            }
        }
    }

    private String name() {
        return pipeline.plan().name();
    }
}
