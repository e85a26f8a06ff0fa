package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.dagwasm.cli.ServedFolder.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a served folder is stopped. */
class StoppedServeIT extends ServeFixture {

    private void writeSlowRoute(String delay) throws IOException {
        write(
                "slow.camel.yaml",
                """
                - route:
                    id: slow
                    from:
                      uri: file:{{dagwasm.dir}}/inbox
                      parameters:
                        initialDelay: 0
                        delay: 50
                      steps:
                        - to:
                            uri: file:{{dagwasm.dir}}/started
                        - delay:
                            expression:
                              constant:
                                expression: MILLIS
                        - to:
                            uri: dagwasm:local:reverse_text
                        - to:
                            uri: file:{{dagwasm.dir}}/outbox
                """
                        .replace("MILLIS", delay));
    }

    @Test
    void finishesWhatIsUnderWayWhenItIsStopped() throws Exception {
        writeSlowRoute("1500");

        try (ServedFolder served = ServedFolder.ready(folder)) {
            ServedFolder.drop(folder.resolve("inbox/a.txt"), "abc");
            awaitFile("started/a.txt");
            Answer answer = served.stop();

            assertThat(folder.resolve("outbox/a.txt")).hasContent("cba");
            assertThat(answer.out().lines())
                    .containsExactly(
                            "route slow: file:my shop, v1.2/inbox -> file:my shop, v1.2/started -> delay -> dagwasm:local:reverse_text -> file:my shop, v1.2/outbox",
                            answer.out().lines().toList().get(1),
                            "stopped: 1 done, 0 failed");
            assertThat(answer.err()).isEmpty();
            assertThat(answer.code()).isZero();
        }
    }

    @Tag("ci")
    @Test
    void anInterruptStopsItAsWell() throws Exception {
        assumeThat(ServedFolder.interruptsAreIgnored())
                .as("interrupts are ignored, as in whatever a script runs in the background")
                .isFalse();
        writeSlowRoute("0");

        try (ServedFolder served = ServedFolder.ready(folder)) {
            Answer answer = served.interrupt();

            assertThat(answer.out()).endsWith("\nstopped: 0 done, 0 failed\n");
            assertThat(answer.code()).isZero();
        }
    }

    @Tag("ci")
    @Test
    void saysSoWhenItCutsOffWhatIsUnderWay() throws Exception {
        writeSlowRoute("600000");
        write("application.properties", "camel.main.shutdown-timeout = 1\n");

        try (ServedFolder served = ServedFolder.ready(folder)) {
            ServedFolder.drop(folder.resolve("inbox/a.txt"), "abc");
            awaitFile("started/a.txt");
            Answer answer = served.stop();

            assertThat(answer.out())
                    .endsWith("; time was up, what was under way was cut off\n")
                    .contains("\nstopped: ");
            assertThat(answer.code()).isEqualTo(1);
        }
    }
}
