package io.github.dagwasm.benchmarks.worker;

import io.github.dagwasm.text.Text;
import io.github.dagwasm.spi.TextProcessor;
import java.util.Optional;

/**
 * A processor of dagwasm's backend {@code wasm}, with its default limits, called as a run calls it:
 * one processor for all threads, every call isolated from every other.
 */
final class IsolatedGuest implements Embedding {

    private final LoadedPipeline loaded;
    private final TextProcessor processor;

    /** Loads the guest. */
    IsolatedGuest(Convention convention, Optional<String> function, Metering metering)
            throws AbsentException {
        loaded =
                new LoadedPipeline(
                        """
                        wasm: { load_timeout_seconds: 60 }
                        processors:
                          - id: guest
                            backend: wasm
                            module: classpath:%s
                            options: { abi: %s%s%s }
                        """
                                .formatted(
                                        convention.guest(),
                                        convention.label(),
                                        function.map(name -> ", function: " + name).orElse(""),
                                        metering.inFile()));
        processor = (TextProcessor) loaded.pipeline().plan().processors().get(0).processor();
    }

    @Override
    public Caller caller() {
        return text -> processor.process(new WithoutDeadline(Text.of(text))).text().string();
    }

    @Override
    public void close() {
        loaded.close();
    }
}
