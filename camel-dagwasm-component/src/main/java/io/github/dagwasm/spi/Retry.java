package io.github.dagwasm.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a retryable failure is followed by another try, and after how long. The waits are those
 * of Camel's redelivery: {@code delay}, multiplied by {@code backoff} for each further try, made
 * longer or shorter by up to a share of {@code jitter}, and never longer than {@code maxDelay}.
 * Immutable.
 *
 * @param attempts further tries after the first
 * @param delay the wait before the first of them
 * @param backoff what each wait is multiplied by for the next
 * @param maxDelay the longest wait
 * @param jitter the greatest share by which a wait is changed at random, from 0 to 1
 */
public record Retry(
        int attempts, Duration delay, double backoff, Duration maxDelay, double jitter) {

    /** The wait before the first further try, unless its author says otherwise. */
    public static final Duration DEFAULT_DELAY = Duration.ofMillis(100);

    /** The factor from wait to wait, unless its author says otherwise. */
    public static final double DEFAULT_BACKOFF = 2;

    /** The longest wait, unless its author says otherwise. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(10);

    /** Checks the arguments. */
    public Retry {
        Objects.requireNonNull(delay, "delay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        require(attempts >= 0, "attempts must be >= 0, but is " + attempts);
        require(!delay.isNegative(), "delay must be >= 0, but is " + delay);
        require(backoff >= 1, "backoff must be >= 1, but is " + backoff);
        require(maxDelay.compareTo(delay) >= 0, "maxDelay must be >= delay, but is " + maxDelay);
        require(jitter >= 0 && jitter <= 1, "jitter must be from 0 to 1, but is " + jitter);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /**
     * A number of further tries with the default waits.
     *
     * @param attempts further tries after the first
     * @return the retry
     */
    public static Retry of(int attempts) {
        return new Retry(attempts, DEFAULT_DELAY, DEFAULT_BACKOFF, DEFAULT_MAX_DELAY, 0);
    }

    /**
     * The wait before another try.
     *
     * @param tries how many tries there were, at least 1
     * @param random a number from 0 to less than 1, which decides how the jitter falls
     * @return nanoseconds, at least 1
     */
    public long waitNanos(int tries, double random) {
        double most = maxDelay.toNanos();
        double plain = Math.min(delay.toNanos() * Math.pow(backoff, tries - 1.0), most);
        double changed = plain * (1 + jitter * (2 * random - 1));
        return Math.max(1, (long) Math.min(changed, most));
    }
}
