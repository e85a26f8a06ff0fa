package io.github.dagwasm.benchmarks.worker;

import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.text.Text;

/** A pipeline whose guest never ends, so that every run ends by its deadline of 50 ms. */
final class EndlessGuest implements Embedding {

    /** What is answered when a run was stopped. */
    static final String STOPPED = "stopped";

    static final long DEADLINE_NANOS = 50_000_000;

    private static final RunOptions HERE = RunOptions.DEFAULTS.stayingOnCallersThread();

    private final LoadedPipeline loaded;

    /** Loads the guest. */
    EndlessGuest(String function) {
        loaded =
                new LoadedPipeline(
                        """
                        processors:
                          - id: guest
                            backend: wasm
                            module: classpath:guests/endless.wasm
                            timeout_seconds: 0.05
                            limits: { memory_mb: 66 }
                            options: { function: %s }
                        """
                                .formatted(function));
    }

    @Override
    public Caller caller() {
        return text -> {
            RunResult result = loaded.pipeline().run(Text.of(text), HERE);
            return result.failure().map(failure -> STOPPED).orElse("not stopped");
        };
    }

    @Override
    public void close() {
        loaded.close();
    }
}
