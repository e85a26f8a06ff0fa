package io.github.dagwasm.spi;

import java.util.concurrent.CompletableFuture;

/**
 * An asynchronous processor, for work that waits for somebody else: it holds no thread while it
 * waits.
 */
@FunctionalInterface
public non-sealed interface AsyncTextProcessor extends PipelineProcessor {

    /**
     * Starts processing one text and returns without waiting for the result.
     *
     * @param call the text and what surrounds it; its text and attributes may be used until the
     *     future completes
     * @return completes with the result or exceptionally, as {@link TextProcessor#process} returns
     *     or throws. The executor cancels it on a timeout or when the run is cancelled; what it
     *     does afterwards is dropped
     */
    CompletableFuture<ProcessorResult> process(ProcessorCall call);
}
