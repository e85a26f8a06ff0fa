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
    private LivePipeline live;
    private int users;

    SharedPipeline(Supplier<Pipeline> loader) {
        this.loader = loader;
    }

    /** A share in the pipeline, loaded if need be. */
    synchronized LivePipeline acquire() {
        if (users == 0) {
            live = new LivePipeline(loader.get());
        }
        users++;
        return live;
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
