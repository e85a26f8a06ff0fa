package io.github.dagwasm.spi;

import java.util.Objects;

/**
 * What is wrong with a value that fits its {@link KeySpec}, but not what stands beside it.
 *
 * @param key the value's key, with dots for blocks, as in {@code options.prefix}
 * @param problem what is wrong and what was expected, as in {@code found 5; expected at least 7}
 */
public record KeyFault(String key, String problem) {

    /** Refuses null. */
    public KeyFault {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(problem, "problem");
    }
}
