package io.github.dagwasm.spi;

import java.util.Map;

/**
 * A call for tests: a text, and nothing around it.
 *
 * @param text the input
 */
public record PlainCall(Text text) implements ProcessorCall {

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
