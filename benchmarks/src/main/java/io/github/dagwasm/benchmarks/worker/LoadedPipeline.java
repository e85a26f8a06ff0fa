package io.github.dagwasm.benchmarks.worker;

import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.runtime.PipelineRuntime;
import io.github.dagwasm.wasm.WasmBackend;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A pipeline of one guest, run on its callers' threads. */
final class LoadedPipeline implements AutoCloseable {

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final PipelineRuntime runtime;
    private final Pipeline pipeline;

    /** Loads the pipeline from what a file of it would say. */
    LoadedPipeline(String yaml) {
        scheduler.setRemoveOnCancelPolicy(true);
        runtime =
                new PipelineRuntime(
                        List.of(new WasmBackend()),
                        task -> {
                            throw new IllegalStateException("a run left its caller's thread");
                        },
                        scheduler);
        pipeline =
                runtime.load(
                        runtime.reader(Placeholders.NONE)
                                .read("benchmark.yaml", yaml, Optional.empty()));
    }

    Pipeline pipeline() {
        return pipeline;
    }

    @Override
    public void close() {
        pipeline.close();
        runtime.close();
        scheduler.shutdownNow();
    }
}
