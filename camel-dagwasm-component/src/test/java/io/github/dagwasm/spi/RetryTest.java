package io.github.dagwasm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

    private static Retry retry(double delay, double backoff, double most, double jitter) {
        return new Retry(9, millis(delay), backoff, millis(most), jitter);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1_000_000));
    }

    private static List<Long> waits(Retry retry, double random) {
        return IntStream.rangeClosed(1, 5)
                .mapToObj(tries -> retry.waitNanos(tries, random) / 1_000_000)
                .toList();
    }

    @Test
    void eachWaitIsAMultipleOfTheOneBeforeUpToTheLongest() {
        assertThat(waits(retry(100, 3, 2_000, 0), 0.9))
                .containsExactly(100L, 300L, 900L, 2000L, 2000L);
        assertThat(waits(retry(100, 1, 2_000, 0), 0.9))
                .containsExactly(100L, 100L, 100L, 100L, 100L);
    }

    @Test
    void jitterMakesAWaitLongerOrShorterByItsShare() {
        assertThat(waits(retry(100, 2, 1_000, 0.5), 0))
                .containsExactly(50L, 100L, 200L, 400L, 500L);
        assertThat(waits(retry(100, 2, 1_000, 0.5), 0.5))
                .containsExactly(100L, 200L, 400L, 800L, 1000L);
        assertThat(waits(retry(100, 2, 1_000, 0.5), 1))
                .containsExactly(150L, 300L, 600L, 1000L, 1000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noWaitIsLongerThanTheLongestNorOutOfItsShare(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            double delay = random.nextDouble() * 1_000;
            Retry retry =
                    retry(
                            delay,
                            1 + random.nextDouble() * 99,
                            delay + random.nextDouble() * 10_000,
                            random.nextDouble());
            int tries = 1 + random.nextInt(100);
            double plain =
                    Math.min(
                            (double) retry.delay().toNanos()
                                    * Math.pow(retry.backoff(), tries - 1.0),
                            (double) retry.maxDelay().toNanos());

            long wait = retry.waitNanos(tries, random.nextDouble());

            assertThat(wait)
                    .isBetween(1L, Math.max(1, retry.maxDelay().toNanos()))
                    .isGreaterThanOrEqualTo((long) (plain * (1 - retry.jitter()) - 1))
                    .isLessThanOrEqualTo((long) (plain * (1 + retry.jitter()) + 1));
        }
    }

    @Test
    void aWaitOfNothingIsStillAWait() {
        assertThat(retry(0, 2, 0, 1).waitNanos(1, 0)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoRetry() {
        assertThatThrownBy(() -> Retry.of(-1)).hasMessage("attempts must be >= 0, but is -1");
        assertThatThrownBy(() -> retry(-1, 2, 1, 0))
                .hasMessage("delay must be >= 0, but is PT-0.001S");
        assertThatThrownBy(() -> retry(1, 0.5, 1, 0))
                .hasMessage("backoff must be >= 1, but is 0.5");
        assertThatThrownBy(() -> retry(2, 2, 1, 0))
                .hasMessage("maxDelay must be >= delay, but is PT0.001S");
        assertThatThrownBy(() -> retry(1, 2, 1, 1.5))
                .hasMessage("jitter must be from 0 to 1, but is 1.5");
    }
}
