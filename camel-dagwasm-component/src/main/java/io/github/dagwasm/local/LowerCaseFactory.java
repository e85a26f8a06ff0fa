package io.github.dagwasm.local;

import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;

/** {@code change_text_case_lower}: every letter in lower case. */
final class LowerCaseFactory implements TextProcessorFactory {

    @Override
    public String name() {
        return "change_text_case_lower";
    }

    @Override
    public TextProcessor create(KeyValues options) {
        return call -> ProcessorResult.of(LetterCase.lower(call.text().string()));
    }
}
