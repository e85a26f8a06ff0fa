package io.github.dagwasm.cli;

import io.github.dagwasm.camel.CamelBackend;
import io.github.dagwasm.camel.EndpointProcessors;
import io.github.dagwasm.cli.endpoints.CommandContext;
import io.github.dagwasm.local.LocalBackend;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.pipeline.Placeholders;
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
 * A runtime without Camel, of which a context is made for the first endpoint alone. It owns the
 * threads and the backends, and closes them.
 */
final class PlainHost implements PipelineHost {

    private final ExecutorService pool;
    private final ScheduledThreadPoolExecutor scheduler;
    private final PipelineRuntime runtime;
    private final Placeholders placeholders;

    PlainHost(Placeholders placeholders) {
        this.placeholders = placeholders;
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
                        List.of(localProcessors(), modules, new CamelBackend(PlainHost::endpoints)),
                        pool,
                        scheduler);
    }

    @Override
    public PipelineReader reader() {
        return runtime.reader(placeholders);
    }

    @Override
    public Pipeline load(PipelineDefinition definition) {
        return runtime.load(definition);
    }

    @Override
    public void close() {
        runtime.close();
        pool.shutdownNow();
        scheduler.shutdownNow();
    }

    /** Those on the class path may be anybody's. */
    private static LocalBackend localProcessors() {
        try {
            return LocalBackend.load(PlainHost.class.getClassLoader());
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

    /** Daemons, because a local processor that was left behind must not keep the process alive. */
    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
