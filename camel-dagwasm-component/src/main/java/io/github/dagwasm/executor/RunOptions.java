package io.github.dagwasm.executor;

import java.util.Map;

/**
 * What one run may be told beside its input.
 *
 * @param attributes what surrounds the text, such as headers let in by an allow-list
 * @param keepTexts whether the result holds the text of every processor, and not only the output
 * @param onCallersThread whether the run stays wholly on the thread that starts it, one processor
 *     at a time, as a transaction asks for
 */
public record RunOptions(
        Map<String, String> attributes, boolean keepTexts, boolean onCallersThread) {

    /** No attributes, no texts kept, on any thread. */
    public static final RunOptions DEFAULTS = new RunOptions(Map.of(), false, false);

    /** Copies the attributes. */
    public RunOptions {
        attributes = Map.copyOf(attributes);
    }

    /**
     * The same options with other attributes.
     *
     * @param others what surrounds the text
     * @return the new options
     */
    public RunOptions with(Map<String, String> others) {
        return new RunOptions(others, keepTexts, onCallersThread);
    }

    /**
     * The same options with every text kept.
     *
     * @return the new options
     */
    public RunOptions keepingTexts() {
        return new RunOptions(attributes, true, onCallersThread);
    }

    /**
     * The same options for a run that stays on the thread that starts it.
     *
     * @return the new options
     */
    public RunOptions stayingOnCallersThread() {
        return new RunOptions(attributes, keepTexts, true);
    }
}
