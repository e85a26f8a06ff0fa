package io.github.dagwasm.executor;

import io.github.dagwasm.spi.ProcessorTimeoutException;
import java.time.Duration;
import java.util.Objects;

/**
 * How long something may take, and what says so.
 *
 * @param duration the time, positive
 * @param option the option that sets it, for messages
 */
public record Timeout(Duration duration, String option) {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    /** Refuses a time that is not positive, or that no clock counts: 292 years. */
    public Timeout {
        Objects.requireNonNull(option, "option");
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(option + " must be > 0, but is " + duration);
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    option + " must be <= " + LONGEST + ", but is " + duration);
        }
    }

    /**
     * That a try, or a run, has taken longer.
     *
     * @param retryable whether another try may succeed
     */
    ProcessorTimeoutException passed(boolean retryable) {
        return new ProcessorTimeoutException(duration, option, retryable);
    }

    /** That a try has not begun in its time. */
    ProcessorTimeoutException notStarted() {
        return ProcessorTimeoutException.notStarted(duration, option);
    }

    /** That a try has waited in vain to begin. */
    ProcessorTimeoutException notStarted(String why) {
        return ProcessorTimeoutException.notStarted(duration, option, why);
    }
}
