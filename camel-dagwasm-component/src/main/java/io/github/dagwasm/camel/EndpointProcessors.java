package io.github.dagwasm.camel;

import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;

/** Makes processors of endpoints. Safe for use by any number of threads. */
public interface EndpointProcessors extends AutoCloseable {

    /**
     * Makes a processor, whose endpoint is ready then.
     *
     * @param definition its keys and options, which fit the specs of {@link CamelBackend}
     * @return the processor, closed by the caller
     * @throws io.github.dagwasm.spi.ProcessorFailureException if there is no such endpoint, it
     *     cannot be started, or it is not allowed
     */
    PipelineProcessor create(ProcessorDefinition definition);

    /** Gives back what all the processors share, once they are closed. */
    @Override
    default void close() {}
}
