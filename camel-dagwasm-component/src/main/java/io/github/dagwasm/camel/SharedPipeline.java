package io.github.dagwasm.camel;

import io.github.dagwasm.runtime.Pipeline;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pipeline of one endpoint, for all its producers: loaded for the first that starts, retired
 * when the last one stops. Safe for use by any number of threads.
 */
final class SharedPipeline {

    private final Supplier<Pipeline> loader;
    private final LoadOrder order;
    private LivePipeline live;
    private int users;

    /**
     * A pipeline that is not loaded yet.
     *
     * @param loader loads it
     * @param order knows what else is being loaded; the same for all pipelines that one may lead to
     */
    SharedPipeline(Supplier<Pipeline> loader, LoadOrder order) {
        this.loader = loader;
        this.order = order;
    }

    /**
     * A share in the pipeline, loaded if need be.
     *
     * @throws io.github.dagwasm.spi.DagWasmException if it cannot be loaded; one of its endpoints
     *     may lead back to it
     */
    LivePipeline acquire() {
        order.awaits(this);
        synchronized (this) {
            order.has(this);
            try {
                if (users == 0) {
                    live = new LivePipeline(loader.get());
                }
            } finally {
                order.leaves(this);
            }
            users++;
            return live;
        }
    }

    /**
     * Gives a share back.
     *
     * @param cancel whether runs that are still under way, once nobody uses the pipeline any more,
     *     are cancelled; else they end by themselves
     */
    synchronized void release(boolean cancel) {
        users--;
        if (users == 0) {
            live.retire(cancel);
            live = null;
        }
    }

    /** The pipeline, while somebody uses it. */
    synchronized Optional<Pipeline> loaded() {
        return Optional.ofNullable(live).map(LivePipeline::pipeline);
    }
}
