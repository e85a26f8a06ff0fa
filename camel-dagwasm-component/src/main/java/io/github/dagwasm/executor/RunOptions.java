package io.github.dagwasm.executor;

import java.util.Map;

/**
 * What one run may be told beside its input.
 *
 * @param attributes what surrounds the text, such as headers let in by an allow-list
 * @param keepTexts whether the result holds the text of every processor, and not only the output
 */
public record RunOptions(Map<String, String> attributes, boolean keepTexts) {

    /** No attributes, no texts kept. */
    public static final RunOptions DEFAULTS = new RunOptions(Map.of(), false);

    /** Copies the attributes. */
    public RunOptions {
        attributes = Map.copyOf(attributes);
    }

    /**
     * The same options with every text kept.
     *
     * @return the new options
     */
    public RunOptions keepingTexts() {
        return new RunOptions(attributes, true);
    }
}
