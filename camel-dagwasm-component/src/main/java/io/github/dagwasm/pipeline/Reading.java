package io.github.dagwasm.pipeline;

/**
 * What the reading of one file shares. Used by one thread.
 *
 * @param keys what may be in the file
 * @param faults what has been found wrong
 * @param suggestions what may have been meant
 * @param values reads values
 * @param blocks reads blocks of keys
 */
record Reading(
        PipelineKeys keys,
        Faults faults,
        Suggestions suggestions,
        ValueReader values,
        BlockReader blocks) {

    static Reading of(String file, PipelineKeys keys, Placeholders placeholders) {
        Faults faults = new Faults(file);
        Suggestions suggestions = new Suggestions();
        ValueReader values = new ValueReader(faults, suggestions, placeholders);
        BlockReader blocks = new BlockReader(faults, suggestions, values);
        return new Reading(keys, faults, suggestions, values, blocks);
    }
}
