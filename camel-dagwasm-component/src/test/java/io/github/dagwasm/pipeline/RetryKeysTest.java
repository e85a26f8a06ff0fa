package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.faults;
import static io.github.dagwasm.pipeline.PipelineFiles.processor;
import static io.github.dagwasm.pipeline.PipelineFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.Retry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code retry} of a processor. */
class RetryKeysTest {

    private static String yaml(String more) {
        return "processors:\n" + processor("a", more);
    }

    private static Retry retry(String block) {
        return read(yaml(", retry: " + block)).processors().get(0).retry().orElseThrow();
    }

    @Test
    void readsAllOfIt() {
        assertThat(retry("{attempts: 3, delay: 0.5, backoff: 1.5, max_delay: 60, jitter: 0.2}"))
                .isEqualTo(new Retry(3, Duration.ofMillis(500), 1.5, Duration.ofSeconds(60), 0.2));
    }

    @Test
    void theDefaultsAreThoseOfRetryAttempts() {
        assertThat(retry("{attempts: 3}")).isEqualTo(Retry.of(3));
        assertThat(read(yaml(", retry_attempts: 3")).processors().get(0).retry())
                .contains(Retry.of(3));
        assertThat(read(yaml("")).processors().get(0).retry()).isEmpty();
    }

    @Test
    void aLongDelayIsTheLongestWaitUnlessThatIsWritten() {
        assertThat(retry("{attempts: 1, delay: 30}").maxDelay()).hasSeconds(30);
    }

    @Test
    void readsPlaceholders() {
        assertThat(retry("{attempts: '{{two}}'}")).isEqualTo(Retry.of(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry: {attempts: 1}, retry_attempts: 2 | 87: processors[0].retry_attempts: 'retry_attempts' and 'retry' say the same; expected one of them",
                "retry: {delay: 1} | 56: processors[0].retry: 'retry' needs 'attempts'",
                "retry: {attempts: 101} | 67: processors[0].retry.attempts: found 101; expected a whole number from 0 to 100",
                "retry: {attempts: 1, backoff: 0.5} | 79: processors[0].retry.backoff: found 0.5; expected a number from 1 to 100",
                "retry: {attempts: 1, jitter: 2} | 78: processors[0].retry.jitter: found 2; expected a number from 0 to 1",
                "retry: {attempts: 1, delay: 5, max_delay: 1} | 56: processors[0].retry: 'max_delay' is less than 'delay'; expected at least as much",
                "retry: {attempts: 1, delais: 5} | 70: processors[0].retry: unknown key 'delais' (did you mean 'delay'?)",
                "retry: 3 | 56: processors[0].retry: found 3; expected a block of keys"
            })
    void faultsAreAtTheirPlaces(String written, String fault) {
        assertThat(faults(yaml(", " + written))).containsExactly("2:" + fault);
    }
}
