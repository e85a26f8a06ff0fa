package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code explain} says of tries. */
class ExplainRetryTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry: { attempts: 3, delay: 0.5, backoff: 1.5, max_delay: 60, jitter: 0.2 } | retry: attempts 3, delay 0.5 s, backoff 1.5, max_delay 60 s, jitter 0.2",
                "retry_attempts: 2 | retry: attempts 2, delay 0.1 s, backoff 2, max_delay 10 s, jitter 0",
                "required: true | "
            })
    void tellsTheTriesAndTheirWaits(String key, String line) throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("a.dagwasm.yaml"),
                        "processors:\n  - { id: a, backend: local, impl: reverse_text, "
                                + key
                                + " }\n");

        Shell.Answer answer = Shell.dagwasm("explain", file.toString());

        assertThat(answer.code()).isZero();
        assertThat(answer.out().lines().map(String::strip).filter(l -> l.startsWith("retry")))
                .isEqualTo(line == null ? List.of() : List.of(line));
    }
}
