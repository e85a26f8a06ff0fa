package io.github.dagwasm.pipeline;

import io.github.dagwasm.text.Suggestions;

/**
 * What the reading of one file shares. Used by one thread.
 *
 * @param source where the pipeline comes from
 * @param keys what may be in the file
 * @param faults what has been found wrong
 * @param suggestions what may have been meant
 * @param values reads values
 * @param blocks reads blocks of keys
 */
record Reading(
        Source source,
        PipelineKeys keys,
        Faults faults,
        Suggestions suggestions,
        ValueReader values,
        BlockReader blocks) {

    static Reading of(Source source, PipelineKeys keys, Placeholders placeholders) {
        Wording wording = source.wording();
        Faults faults = new Faults(source);
        Suggestions suggestions = new Suggestions();
        ValueReader values = new ValueReader(faults, suggestions, placeholders, wording);
        BlockReader blocks = new BlockReader(faults, suggestions, values, wording);
        return new Reading(source, keys, faults, suggestions, values, blocks);
    }
}
