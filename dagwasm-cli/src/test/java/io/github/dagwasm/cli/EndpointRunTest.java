package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about a pipeline with an endpoint of Camel's. */
class EndpointRunTest {

    @TempDir Path folder;

    private String pipeline(String endpoint) throws Exception {
        String yaml =
                """
                processors:
                  - { id: upper, backend: local, impl: change_text_case_upper }
                  - id: keep
                    backend: camel
                    endpoint: "%s"
                    depends_on: [upper]
                """;
        return Files.writeString(folder.resolve("keep.dagwasm.yaml"), yaml.formatted(endpoint))
                .toString();
    }

    @Test
    void runSendsTheTextAndLeavesNoThreadBehind() throws Exception {
        String file = pipeline("file:{{out}}?fileName=kept.txt");

        Shell.Answer answer =
                Shell.dagwasm("run", "--output", "text", "-Dout=" + folder, file, "grüße");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo("GRÜSSE\n");
        assertThat(folder.resolve("kept.txt")).hasContent("GRÜSSE");
        // Their pool is told to stop; the threads themselves take their time.
        await().untilAsserted(
                        () ->
                                assertThat(Thread.getAllStackTraces().keySet())
                                        .noneMatch(
                                                thread ->
                                                        thread.getName()
                                                                .contains("dagwasm-endpoints")));
    }

    @Test
    void validateResolvesEndpoints() throws Exception {
        Shell.Answer answer = Shell.dagwasm("validate", pipeline("nonesuch:x?password=hidden"));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().replace(folder + "/", ""))
                .isEqualTo(
                        "keep.dagwasm.yaml:5:15: processors[1].endpoint: processor 'keep'"
                                + " (nonesuch:x?password=xxxxxx): there is no component 'nonesuch';"
                                + " is its jar on the class path?\n");
    }

    @Test
    void explainTellsOfTheEndpointAndItsTime() throws Exception {
        Shell.Answer answer = Shell.dagwasm("explain", pipeline("log:kept?level=OFF"));

        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .contains(
                        """
                        processor keep: camel log:kept?level=OFF
                          level 1, transform: its output is its text
                          input: the text of upper
                          timeout: 30 s (default of backend camel; set timeout_seconds)
                          limit output_bytes: 10485760
                        """);
    }
}
