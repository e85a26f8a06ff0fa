package io.github.dagwasm.cli;

import io.github.dagwasm.camel.CamelBackend;
import io.github.dagwasm.camel.EndpointProcessors;
import io.github.dagwasm.cli.endpoints.CommandContext;
import io.github.dagwasm.local.LocalBackend;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.runtime.PipelineRuntime;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.wasm.WasmBackend;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * One pipeline, loaded for the time of one command. It owns the threads, the runtime and the
 * pipeline, and closes them.
 */
final class LoadedPipeline implements AutoCloseable {

    private final ExecutorService pool;
    private final ScheduledThreadPoolExecutor scheduler;
    private final PipelineRuntime runtime;
    private final PipelineDefinition definition;
    private final Pipeline pipeline;

    LoadedPipeline(PipelineArgument argument) {
        pool =
                Executors.newFixedThreadPool(
                        Math.max(2, Runtime.getRuntime().availableProcessors()),
                        daemons("dagwasm-pool"));
        scheduler = new ScheduledThreadPoolExecutor(1, daemons("dagwasm-deadlines"));
        scheduler.setRemoveOnCancelPolicy(true);
        // First, because its engine is made beside all that follows.
        WasmBackend modules = KeptCode.modules();
        runtime =
                new PipelineRuntime(
                        List.of(
                                localProcessors(),
                                modules,
                                new CamelBackend(LoadedPipeline::endpoints)),
                        pool,
                        scheduler);
        try {
            definition = argument.read(runtime.reader(argument.placeholders()));
            pipeline = runtime.load(definition);
        } catch (RuntimeException e) {
            closeRuntime();
            throw e;
        }
    }

    /** Those on the class path may be anybody's. */
    private static LocalBackend localProcessors() {
        try {
            return LocalBackend.load(LoadedPipeline.class.getClassLoader());
        } catch (ServiceConfigurationError e) {
            throw new ProcessorFailureException(
                    "a local processor on the class path: " + e.getMessage(), e, false);
        }
    }

    /** The launcher leaves Camel away where it finds no word of it in the file. */
    private static EndpointProcessors endpoints() {
        try {
            return CommandContext.start();
        } catch (LinkageError e) {
            throw new ProcessorFailureException(
                    "Camel is not on the class path: the word camel must stand in the file itself"
                            + " ("
                            + e
                            + ")",
                    e,
                    false);
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
        closeRuntime();
    }

    private void closeRuntime() {
        runtime.close();
        pool.shutdownNow();
        scheduler.shutdownNow();
    }

    /** Daemons, because a local processor that was left behind must not keep the process alive. */
    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
