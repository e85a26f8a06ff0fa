package io.github.dagwasm.executor;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.spi.Metadata;
import java.util.Map;

/**
 * How much metadata one processor may add: it stays in the report and in a message's headers, and
 * how much there is may be for the sender of a text to say. Fixed; far above what people read.
 */
final class MetadataLimits {

    static final int MOST_ENTRIES = 100_000;

    private static final String FIXED = "none, it is fixed; have the processor add less";

    private MetadataLimits() {}

    /**
     * Counts keys and values.
     *
     * @throws LimitExceededException if there are too many, or they are too long
     */
    static void check(Map<String, String> metadata) {
        if (metadata.isEmpty()
                || (metadata instanceof Metadata few
                        && few.size() <= MOST_ENTRIES
                        && few.mostCharacters() <= Metadata.MOST_CHARACTERS)) {
            return;
        }
        if (metadata.size() > MOST_ENTRIES) {
            throw new LimitExceededException(
                    "metadata entries", MOST_ENTRIES, metadata.size(), FIXED);
        }
        long characters = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            characters += entry.getKey().length() + entry.getValue().length();
        }
        if (characters > Metadata.MOST_CHARACTERS) {
            throw new LimitExceededException(
                    "metadata characters", Metadata.MOST_CHARACTERS, characters, FIXED);
        }
    }
}
