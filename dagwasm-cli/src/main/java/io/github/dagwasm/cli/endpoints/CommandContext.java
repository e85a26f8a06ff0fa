package io.github.dagwasm.cli.endpoints;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.camel.EndpointProcessors;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A Camel context without routes, for the endpoints of one pipeline and the time of one command. It
 * has the components that are on the class path, with their defaults.
 */
public final class CommandContext implements EndpointProcessors {

    private final DefaultCamelContext context;
    private final EndpointProcessors endpoints;

    private CommandContext(DefaultCamelContext context) {
        this.context = context;
        endpoints = context.getComponent("dagwasm", DagWasmComponent.class).endpointProcessors();
    }

    /**
     * Starts a context.
     *
     * @return the context, closed by the caller
     */
    public static CommandContext start() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.start();
        return new CommandContext(context);
    }

    @Override
    public PipelineProcessor create(ProcessorDefinition definition) {
        return endpoints.create(definition);
    }

    /** Stops the context, and with it the threads that called endpoints. */
    @Override
    public void close() {
        context.stop();
    }
}
