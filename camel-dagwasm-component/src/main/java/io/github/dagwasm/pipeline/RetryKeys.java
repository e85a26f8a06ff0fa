package io.github.dagwasm.pipeline;

import io.github.dagwasm.pipeline.BlockReader.Entry;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A processor's block {@code retry}, and the shorter {@code retry_attempts}. Stateless. */
final class RetryKeys {

    private static final String RETRY = "retry";
    private static final String ATTEMPTS = "attempts";
    private static final String DELAY = "delay";
    private static final String BACKOFF = "backoff";
    private static final String MAX_DELAY = "max_delay";
    private static final String JITTER = "jitter";

    private static final double MOST_BACKOFF = 100;

    private RetryKeys() {}

    static KeySpec spec() {
        return KeySpec.block(
                RETRY,
                "Further tries after a retryable failure, and the waits before them; instead of"
                        + " retry_attempts.",
                List.of(
                        KeySpec.of(ATTEMPTS, KeySpec.Type.INTEGER, "Further tries.")
                                .between(0, PipelineKeys.MOST_RETRIES)
                                .mandatory(),
                        KeySpec.of(
                                        DELAY,
                                        KeySpec.Type.NUMBER,
                                        "The wait before the first further try, in seconds.")
                                .between(0, PipelineKeys.MOST_SECONDS)
                                .defaultsTo("0.1"),
                        KeySpec.of(
                                        BACKOFF,
                                        KeySpec.Type.NUMBER,
                                        "What each wait is multiplied by for the next.")
                                .between(1, MOST_BACKOFF)
                                .defaultsTo("2"),
                        KeySpec.of(
                                        MAX_DELAY,
                                        KeySpec.Type.NUMBER,
                                        "The longest wait, in seconds; else 10, or delay if that"
                                                + " is more.")
                                .between(0, PipelineKeys.MOST_SECONDS),
                        KeySpec.of(
                                        JITTER,
                                        KeySpec.Type.NUMBER,
                                        "The greatest share of a wait by which it is made longer"
                                                + " or shorter at random.")
                                .between(0, 1)
                                .defaultsTo("0")));
    }

    /** Has the faults of keys that do not go together. */
    static void check(
            Reading reading, Map<String, Entry> entries, KeyValues generic, String where) {
        Entry block = entries.get(RETRY);
        if (block == null) {
            return;
        }
        Entry attempts = entries.get(PipelineKeys.RETRY_ATTEMPTS);
        if (attempts != null) {
            reading.faults()
                    .add(
                            attempts.at(),
                            BlockReader.inside(where, PipelineKeys.RETRY_ATTEMPTS),
                            "'retry_attempts' and 'retry' say the same; expected one of them");
        }
        KeyValues retry = generic.block(RETRY);
        Optional<Duration> longest = retry.number(MAX_DELAY).map(Numbers::duration);
        if (longest.filter(most -> most.compareTo(delay(retry)) < 0).isPresent()) {
            reading.faults()
                    .add(
                            block.at(),
                            BlockReader.inside(where, RETRY),
                            "'max_delay' is less than 'delay'; expected at least as much");
        }
    }

    /** What is said of a processor, as far as it has no faults; empty if nothing is. */
    static Optional<Retry> retry(KeyValues generic) {
        KeyValues retry = generic.block(RETRY);
        Optional<Long> attempts = retry.integer(ATTEMPTS);
        if (attempts.isEmpty()) {
            return generic.integer(PipelineKeys.RETRY_ATTEMPTS)
                    .map(number -> Retry.of(Math.toIntExact(number)));
        }
        Duration delay = delay(retry);
        Duration longest =
                retry.number(MAX_DELAY).map(Numbers::duration).orElse(Retry.DEFAULT_MAX_DELAY);
        return Optional.of(
                new Retry(
                        Math.toIntExact(attempts.get()),
                        delay,
                        retry.number(BACKOFF).orElse(Retry.DEFAULT_BACKOFF),
                        longest.compareTo(delay) < 0 ? delay : longest,
                        retry.number(JITTER).orElse(0.0)));
    }

    private static Duration delay(KeyValues retry) {
        return retry.number(DELAY).map(Numbers::duration).orElse(Retry.DEFAULT_DELAY);
    }
}
