package io.github.dagwasm.camel;

import io.github.dagwasm.spi.ProcessorFailureException;
import java.util.HashMap;
import java.util.Map;

/**
 * Who loads which pipeline, and who waits for whom with it: a pipeline whose endpoint leads back to
 * it, through others perhaps, can never be loaded, be it by one thread or by several that wait for
 * one another. Safe for use by any number of threads.
 */
final class LoadOrder {

    private final Map<SharedPipeline, Thread> holders = new HashMap<>();
    private final Map<Thread, SharedPipeline> awaited = new HashMap<>();

    /**
     * This thread is about to wait for a pipeline.
     *
     * @throws ProcessorFailureException if it would wait for ever, or load what it is loading
     */
    synchronized void awaits(SharedPipeline pipeline) {
        Thread me = Thread.currentThread();
        SharedPipeline next = pipeline;
        while (next != null) {
            Thread holder = holders.get(next);
            if (holder == me) {
                throw new ProcessorFailureException(
                        "it leads back to the pipeline that is being loaded; a pipeline's endpoint"
                                + " must not be the pipeline itself, nor one that leads to it",
                        null,
                        false);
            }
            next = holder == null ? null : awaited.get(holder);
        }
        awaited.put(me, pipeline);
    }

    /** This thread waits no more: the pipeline is its own for now. */
    synchronized void has(SharedPipeline pipeline) {
        awaited.remove(Thread.currentThread());
        holders.put(pipeline, Thread.currentThread());
    }

    /** The pipeline is others' again. */
    synchronized void leaves(SharedPipeline pipeline) {
        holders.remove(pipeline);
    }
}
