package io.github.dagwasm.cli;

import io.github.dagwasm.cli.endpoints.OperatedContext;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.runtime.Pipeline;

/** Reads and loads the pipeline of one command. */
interface PipelineHost extends AutoCloseable {

    /** A reader that knows what placeholders stand for. */
    PipelineReader reader();

    /** Makes a pipeline ready; the caller closes it before the host. */
    Pipeline load(PipelineDefinition definition);

    @Override
    void close();

    /**
     * The host for a command: Camel's component if an operator's options are among the arguments.
     */
    static PipelineHost of(PipelineArgument argument) {
        return argument.isOperated()
                ? new Operated(OperatedContext.started(argument.allProperties()))
                : new PlainHost(argument.placeholders());
    }

    /** The component in a context of its own, under the options. */
    record Operated(OperatedContext context) implements PipelineHost {

        @Override
        public PipelineReader reader() {
            return context.reader();
        }

        @Override
        public Pipeline load(PipelineDefinition definition) {
            return context.load(definition);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
