package io.github.dagwasm.camel;

import io.github.dagwasm.runtime.Pipeline;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The pipeline of one endpoint, for all its producers: loaded for the first that starts, retired
 * when the last one stops. Safe for use by any number of threads.
 */
final class SharedPipeline {

    private final Supplier<Pipeline> loader;
    private final LoadOrder order;
    private final AtomicInteger users = new AtomicInteger();

    /** Of the users there are; nothing else is asked under a lock that a load may hold for long. */
    private final AtomicReference<LivePipeline> live = new AtomicReference<>();

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
     * @throws io.github.dagwasm.failure.DagWasmException if it cannot be loaded; one of its
     *     endpoints may lead back to it
     */
    LivePipeline acquire() {
        return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0 ? live.get() : load();
    }

    private LivePipeline load() {
        order.awaits(this);
        synchronized (this) {
            order.has(this);
            try {
                if (users.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
                    live.set(new LivePipeline(loader.get()));
                    users.incrementAndGet();
                }
            } finally {
                order.leaves(this);
            }
            return live.get();
        }
    }

    /**
     * Gives a share back.
     *
     * @param cancel whether runs that are still under way, once nobody uses the pipeline any more,
     *     are cancelled; else they end by themselves
     */
    void release(boolean cancel) {
        LivePipeline used = live.get();
        if (users.decrementAndGet() == 0) {
            // Somebody else may have loaded it anew by now.
            live.compareAndSet(used, null);
            used.retire(cancel);
        }
    }

    /** The pipeline, while somebody uses it. */
    Optional<Pipeline> loaded() {
        return Optional.ofNullable(live.get()).map(LivePipeline::pipeline);
    }
}
