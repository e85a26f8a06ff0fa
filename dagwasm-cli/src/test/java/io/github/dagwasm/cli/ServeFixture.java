package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.cli.ServedFolder.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder to be served by the launcher, in a process of its own. */
abstract class ServeFixture {

    static final Duration SOON = Duration.ofMinutes(10);

    @TempDir Path parent;
    Path folder;

    @BeforeEach
    void createTheFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("my shop, v1.2"));
    }

    void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    void awaitFile(String name) {
        await().atMost(SOON).until(() -> Files.exists(folder.resolve(name)));
    }

    Answer refused(String... options) throws Exception {
        try (ServedFolder served = ServedFolder.start(folder, Map.of(), options)) {
            return served.ended();
        }
    }

    static void assertRefused(Answer answer, String... lines) {
        assertThat(answer.err()).isEqualTo(String.join("\n", lines) + "\n");
        assertThat(answer.out()).isEmpty();
        assertThat(answer.code()).isEqualTo(2);
    }
}
