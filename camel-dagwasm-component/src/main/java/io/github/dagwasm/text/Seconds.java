package io.github.dagwasm.text;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations in messages. Stateless. */
public final class Seconds {

    private Seconds() {}

    /**
     * Writes a duration in seconds.
     *
     * @param duration the duration
     * @return decimal digits and the unit, as in {@code 0.05 s}
     */
    public static String of(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString()
                + " s";
    }
}
