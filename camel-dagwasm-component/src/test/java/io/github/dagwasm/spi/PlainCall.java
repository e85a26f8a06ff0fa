package io.github.dagwasm.spi;

import io.github.dagwasm.text.Text;
import java.util.Map;

/**
 * A call for tests: a text, and what is around it.
 *
 * @param text the input
 * @param attributes what is around it
 */
public record PlainCall(Text text, Map<String, String> attributes) implements ProcessorCall {

    /**
     * A call with nothing around the text.
     *
     * @param text the input
     */
    public PlainCall(Text text) {
        this(text, Map.of());
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
