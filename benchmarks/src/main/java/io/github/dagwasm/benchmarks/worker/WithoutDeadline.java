package io.github.dagwasm.benchmarks.worker;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.text.Text;
import java.util.Map;

/**
 * A call made without an executor, which has for ever.
 *
 * @param text the input
 */
public record WithoutDeadline(Text text) implements ProcessorCall {

    @Override
    public Map<String, String> attributes() {
        return Map.of();
    }

    @Override
    public long remainingNanos() {
        return NO_DEADLINE;
    }

    @Override
    public boolean cancelled() {
        return false;
    }
}
