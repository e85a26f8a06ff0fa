package io.github.dagwasm.benchmarks.worker;

import io.github.dagwasm.spi.Text;
import io.github.dagwasm.spi.TextProcessor;

/**
 * A processor of dagwasm's backend {@code wasm}, with its default limits, called as a run calls it:
 * one processor for all threads, every call isolated from every other.
 */
final class IsolatedGuest implements Embedding {

    private final LoadedPipeline loaded;
    private final TextProcessor processor;

    /** Loads the guest. */
    IsolatedGuest(String function, Metering metering) throws AbsentException {
        loaded =
                new LoadedPipeline(
                        """
                        processors:
                          - id: guest
                            backend: wasm
                            module: classpath:guests/cstring.wasm
                            options: { function: %s%s }
                        """
                                .formatted(function, metering.inFile()));
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
