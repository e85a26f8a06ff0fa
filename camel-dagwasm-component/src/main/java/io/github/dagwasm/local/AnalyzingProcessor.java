package io.github.dagwasm.local;

import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.TextProcessor;

/** A processor that adds metadata and leaves its text alone. */
@FunctionalInterface
interface AnalyzingProcessor extends TextProcessor {

    @Override
    default Intent intent() {
        return Intent.ANALYZE;
    }
}
