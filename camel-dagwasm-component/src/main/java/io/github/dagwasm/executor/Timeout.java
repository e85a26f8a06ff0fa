package io.github.dagwasm.executor;

import java.time.Duration;
import java.util.Objects;

/**
 * How long something may take, and what says so.
 *
 * @param duration the time, positive
 * @param option the option that sets it, for messages
 */
public record Timeout(Duration duration, String option) {

    /** Refuses a time that is not positive. */
    public Timeout {
        Objects.requireNonNull(option, "option");
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(option + " must be > 0, but is " + duration);
        }
    }
}
