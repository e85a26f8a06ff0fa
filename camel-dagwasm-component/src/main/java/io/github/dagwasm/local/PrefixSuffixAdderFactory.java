package io.github.dagwasm.local;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import java.util.List;

/**
 * {@code prefix_suffix_adder}: puts the text between a prefix and a suffix. With neither option
 * they are brackets; with one, the other is empty.
 */
final class PrefixSuffixAdderFactory implements TextProcessorFactory {

    private static final String PREFIX = "prefix";
    private static final String SUFFIX = "suffix";

    @Override
    public String name() {
        return "prefix_suffix_adder";
    }

    @Override
    public List<KeySpec> options() {
        return List.of(
                KeySpec.of(
                        PREFIX,
                        KeySpec.Type.STRING,
                        "What to put before the text; '[' where there is no suffix either, else nothing."),
                KeySpec.of(
                        SUFFIX,
                        KeySpec.Type.STRING,
                        "What to put after the text; ']' where there is no prefix either, else nothing."));
    }

    @Override
    public TextProcessor create(KeyValues options) {
        boolean neither = !options.has(PREFIX) && !options.has(SUFFIX);
        String prefix = neither ? "[" : options.string(PREFIX).orElse("");
        String suffix = neither ? "]" : options.string(SUFFIX).orElse("");
        return call -> ProcessorResult.of(prefix + call.text().string() + suffix);
    }
}
