package io.github.dagwasm.examples;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A processor that a worker of a test has: the text {@code fails 2} fails twice, as something that
 * can pass, and any other text passes.
 */
public final class Rehearsal implements TextProcessor {

    private static final String FAILS = "fails ";

    private final Map<String, Integer> calls = new ConcurrentHashMap<>();

    @Override
    public ProcessorResult process(ProcessorCall call) {
        String text = call.text().string();
        if (text.startsWith(FAILS)
                && calls.merge(text, 1, Integer::sum)
                        <= Integer.parseInt(text.substring(FAILS.length()))) {
            throw new ProcessorFailureException("not yet", null, true);
        }
        return ProcessorResult.of(call.text(), Map.of("odd key-é", "a\nb", "plain", "1"));
    }
}
