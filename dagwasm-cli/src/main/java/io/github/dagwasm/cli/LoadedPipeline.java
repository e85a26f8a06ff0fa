package io.github.dagwasm.cli;

import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.runtime.Pipeline;

/**
 * One pipeline, loaded for the time of one command. It owns what the pipeline runs on, and closes
 * both.
 */
final class LoadedPipeline implements AutoCloseable {

    private final PipelineHost host;
    private final PipelineDefinition definition;
    private final Pipeline pipeline;

    LoadedPipeline(PipelineArgument argument) {
        host = PipelineHost.of(argument);
        try {
            definition = argument.read(host.reader());
            pipeline = host.load(definition);
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    /** For a command that tells a pipeline's warnings itself: they need not be logged as well. */
    static void silenceWarnings() {
        System.setProperty("org.slf4j.simpleLogger.log." + Pipeline.class.getName(), "error");
    }

    PipelineDefinition definition() {
        return definition;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    @Override
    public void close() {
        pipeline.close();
        host.close();
    }
}
