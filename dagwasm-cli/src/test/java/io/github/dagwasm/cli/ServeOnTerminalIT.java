package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.cli.ServedFolder.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What standard error shows of a file route: on a terminal a line that counts. */
class ServeOnTerminalIT {

    private static final Duration SOON = Duration.ofMinutes(10);
    private static final String ERASE = "\r\u001b[K";

    @TempDir Path folder;

    @Test
    void theLastLineCountsAndIsGoneInTheEnd() throws Exception {
        Answer answer = served(true);

        assertThat(answer.err()).contains(ERASE + "1 done, 0 failed, ").endsWith(ERASE);
        assertThat(answer.out()).endsWith("\nstopped: 1 done, 0 failed\n").doesNotContain("\u001b");
    }

    @Test
    void elsewhereThereAreNoSignsForTerminals() throws Exception {
        Answer answer = served(false);

        assertThat(answer.err()).doesNotContain("\u001b", "\r");
        assertThat(answer.out()).endsWith("\nstopped: 1 done, 0 failed\n");
    }

    /** The launcher says whether there is one; what is said after it wins. */
    private Answer served(boolean terminal) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("drop.dagwasm.yaml"),
                """
                from: file:{{dagwasm.dir}}/inbox?initialDelay=0&delay=50
                to: file:{{dagwasm.dir}}/outbox
                processors:
                  - { id: upper, backend: local, impl: change_text_case_upper }
                """);
        Map<String, String> environment =
                Map.of("DAGWASM_JAVA_OPTS", "-Ddagwasm.terminal=" + terminal);
        try (ServedFolder served = ServedFolder.start(folder, environment)) {
            ServedFolder.drop(folder.resolve("inbox/a.txt"), "abc");
            await().atMost(SOON).until(() -> Files.exists(folder.resolve("outbox/a.txt")));
            if (terminal) {
                await().atMost(SOON).until(() -> served.err().contains("1 done"));
            }
            return served.stop();
        }
    }
}
