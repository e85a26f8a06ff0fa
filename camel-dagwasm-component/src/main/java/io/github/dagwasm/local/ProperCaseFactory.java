package io.github.dagwasm.local;

import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;

/**
 * {@code change_text_case_proper}: every word with its first letter in title case, the rest lower.
 */
final class ProperCaseFactory implements TextProcessorFactory {

    @Override
    public String name() {
        return "change_text_case_proper";
    }

    @Override
    public TextProcessor create(KeyValues options) {
        return call -> ProcessorResult.of(proper(call.text().string()));
    }

    private static String proper(String text) {
        return Words.replaceEach(text, LetterCase::capitalize);
    }
}
