package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.KeySpec.Ceiling;
import io.github.dagwasm.text.Seconds;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What the operator says of one time that a pipeline file may set. Immutable.
 *
 * @param byDefault what holds where the author says nothing; where it is absent it is the built-in
 *     default, or the ceiling where that is less
 * @param ceiling above which the author is refused
 */
public record TimeAllowance(Optional<Duration> byDefault, Optional<Duration> ceiling) {

    /** The built-in default, and no ceiling. */
    public static final TimeAllowance NONE = new TimeAllowance(Optional.empty(), Optional.empty());

    static final Duration SHORTEST = Duration.ofMillis(1);
    private static final double NANOS = 1e9;

    /** Refuses null. */
    public TimeAllowance {
        Objects.requireNonNull(byDefault, "byDefault");
        Objects.requireNonNull(ceiling, "ceiling");
    }

    /**
     * Sees that both times are in a range and the default is not above the ceiling.
     *
     * @throws IllegalArgumentException if not
     */
    void require(Duration longest, String option) {
        byDefault.ifPresent(time -> requireInRange(time, longest, option));
        ceiling.ifPresent(time -> requireInRange(time, longest, OptionNames.ceiling(option)));
        if (byDefault.isPresent()
                && ceiling.isPresent()
                && byDefault.get().compareTo(ceiling.get()) > 0) {
            throw new IllegalArgumentException(
                    option
                            + ": found "
                            + Seconds.of(byDefault.get())
                            + "; expected at most "
                            + Seconds.of(ceiling.get())
                            + ", which "
                            + OptionNames.ceiling(option)
                            + " says");
        }
    }

    /** What holds where the author says nothing. */
    Duration or(Duration builtIn) {
        return byDefault.orElse(
                ceiling.filter(time -> time.compareTo(builtIn) < 0).orElse(builtIn));
    }

    /** The ceiling in seconds, as specs have it. */
    Optional<Ceiling> ceilingOf(String option) {
        String name = OptionNames.ofComponent(OptionNames.ceiling(option));
        return ceiling.map(time -> new Ceiling(time.toNanos() / NANOS, "s", name));
    }

    private static void requireInRange(Duration time, Duration longest, String option) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    option
                            + ": found "
                            + Seconds.of(time)
                            + "; expected "
                            + Seconds.of(SHORTEST)
                            + " to "
                            + Seconds.of(longest));
        }
    }
}
