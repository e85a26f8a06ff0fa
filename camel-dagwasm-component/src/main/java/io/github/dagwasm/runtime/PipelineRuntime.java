package io.github.dagwasm.runtime;

import io.github.dagwasm.executor.DagExecutor;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.spi.Backend;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Backends and threads that any number of pipelines share. Safe for use by any number of threads.
 * It owns the backends and closes them; pool and scheduler belong to whoever made them, and are
 * closed after it. On all threads that work for a run, the SLF4J MDC and the current OpenTelemetry
 * context are those of the thread that started the run.
 */
public final class PipelineRuntime implements AutoCloseable {

    private final Map<String, Backend> backends = new LinkedHashMap<>();
    private final DagExecutor executor;

    /**
     * Makes a runtime.
     *
     * @param backends the backends that pipelines may name
     * @param pool runs processors at fan-outs, and local processors that have a timeout
     * @param scheduler keeps deadlines and back-offs; one thread is enough
     * @throws IllegalArgumentException if two backends have one name
     */
    public PipelineRuntime(
            Collection<? extends Backend> backends,
            Executor pool,
            ScheduledExecutorService scheduler) {
        for (Backend backend : backends) {
            if (this.backends.put(backend.name(), backend) != null) {
                throw new IllegalArgumentException(
                        "two backends are called '" + backend.name() + "'");
            }
        }
        this.executor = new DagExecutor(pool, scheduler, CurrentContext::capture);
    }

    /**
     * A reader for pipelines of these backends.
     *
     * @param placeholders what {@code {{key}}} stands for
     * @return the reader
     */
    public PipelineReader reader(Placeholders placeholders) {
        return new PipelineReader(backends.values(), placeholders);
    }

    /**
     * Makes a pipeline ready to run: every processor is made, every module loaded.
     *
     * @param definition the pipeline
     * @return the pipeline, closed by the caller before this runtime
     * @throws io.github.dagwasm.failure.ModuleRefusedException if a module is refused
     * @throws io.github.dagwasm.spi.ProcessorFailureException if a processor cannot be made for
     *     another reason; where several processors cannot be made, the first decides which of the
     *     two is thrown, the message has a line for each with its place in the file, and the others
     *     are {@linkplain Throwable#getSuppressed() suppressed}
     * @throws io.github.dagwasm.spi.PipelineFileException if the pipeline is strict and gives
     *     reason for a warning
     */
    public Pipeline load(PipelineDefinition definition) {
        return new PipelineAssembly(definition, backends, executor).assemble();
    }

    /**
     * How many threads are inside local processors whose time was up and that did not heed the
     * interrupt.
     *
     * @return the number of threads, now
     */
    public int abandonedThreads() {
        return executor.abandonedThreads();
    }

    @Override
    public void close() {
        backends.values().forEach(Backend::close);
    }
}
