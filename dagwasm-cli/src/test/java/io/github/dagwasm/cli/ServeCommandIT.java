package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.cli.ServedFolder.Answer;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serves folders with the launcher, each in a process of its own. */
class ServeCommandIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path parent;
    private Path folder;

    @BeforeEach
    void createTheFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("my shop, v1.2"));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private void awaitFile(String name) {
        await().atMost(SOON).until(() -> Files.exists(folder.resolve(name)));
    }

    private Answer refused(String... options) throws Exception {
        try (ServedFolder served = ServedFolder.start(folder, Map.of(), options)) {
            return served.ended();
        }
    }

    private static void assertRefused(Answer answer, String... lines) {
        assertThat(answer.err()).isEqualTo(String.join("\n", lines) + "\n");
        assertThat(answer.out()).isEmpty();
        assertThat(answer.code()).isEqualTo(2);
    }

    @Test
    void servesFilesAndTellsWhichFailedAndWhy() throws Exception {
        TestModule.write(folder.resolve("guest.wasm"), TestModules.echo());
        write(
                "drop.dagwasm.yaml",
                """
                from: file:{{dagwasm.dir}}/inbox?initialDelay=0&delay=50&moveFailed=.failed
                to: file:{{dagwasm.dir}}/outbox
                processors:
                  - { id: upper, backend: local, impl: change_text_case_upper }
                  - { id: guest, backend: wasm, module: guest.wasm, depends_on: [upper] }
                """);

        try (ServedFolder served = ServedFolder.ready(folder)) {
            ServedFolder.drop(folder.resolve("inbox/good.txt"), "grüße");
            awaitFile("outbox/good.txt");
            ServedFolder.drop(folder.resolve("inbox/bad.txt"), new byte[] {'b', 'a', (byte) 0xff});
            awaitFile("inbox/.failed/bad.txt");
            Answer answer = served.stop();

            assertThat(folder.resolve("outbox/good.txt")).hasContent("GRÜSSE");
            assertThat(answer.out())
                    .matches(
                            """
                            route drop: file:DIR/inbox -> dagwasm:pipeline:DIR/drop.dagwasm.yaml -> file:DIR/outbox
                            module guest.wasm: sha256 [0-9a-f]{64}
                            ready: serving DIR: 1 route, 1 module; stop with Ctrl\\+C
                            stopped: 1 done, 1 failed
                            """
                                    .replace("DIR", "my shop, v1[.]2"));
            assertThat(answer.err())
                    .isEqualTo(
                            "failed: route drop, file bad.txt: pipeline 'drop': the input: malformed UTF-8 at byte 2 (0xff)\n");
            assertThat(answer.code()).isZero();
        }
    }

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
            Answer answer = served.interrupt();

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

    @Test
    void countsAHandledFailureAsFailed() throws Exception {
        write(
                "tick.camel.yaml",
                """
                - onException:
                    exception:
                      - java.lang.IllegalStateException
                    handled:
                      constant:
                        expression: "true"
                - onException:
                    exception:
                      - java.lang.ArithmeticException
                    steps:
                      - log:
                          message: "not handled"
                - route:
                    id: seen
                    from:
                      uri: timer:seen
                      parameters:
                        repeatCount: 1
                        delay: 0
                      steps:
                        - throwException:
                            exceptionType: java.lang.ArithmeticException
                            message: zero
                - route:
                    id: handled
                    from:
                      uri: timer:handled
                      parameters:
                        repeatCount: 1
                        delay: 0
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: "one\\ntwo"
                - route:
                    id: thrown
                    from:
                      uri: timer:thrown
                      parameters:
                        repeatCount: 1
                        delay: 0
                      steps:
                        - throwException:
                            exceptionType: java.io.IOException
                            message: three
                """);

        try (ServedFolder served = ServedFolder.ready(folder)) {
            await().atMost(SOON).until(() -> served.err().lines().count() >= 3);
            Answer answer = served.stop();

            assertThat(answer.err().lines())
                    .containsExactlyInAnyOrder(
                            "failed, handled: route handled: java.lang.IllegalStateException: one; two",
                            "failed: route seen: java.lang.ArithmeticException: zero",
                            "failed: route thrown: java.io.IOException: three");
            assertThat(answer.out())
                    .contains("route seen: timer:seen -> throwException\n")
                    .endsWith("\nstopped: 0 done, 3 failed\n");
        }
    }

    @Test
    void aCaughtFailureAndThoseOfPartsAreTold() throws Exception {
        write(
                "parts.camel.yaml",
                """
                - route:
                    id: parts
                    from:
                      uri: timer:parts
                      parameters:
                        repeatCount: 1
                        delay: 0
                      steps:
                        - setBody:
                            expression:
                              constant:
                                expression: "a,b"
                        - split:
                            expression:
                              simple:
                                expression: "${body}"
                            steps:
                              - filter:
                                  expression:
                                    simple:
                                      expression: "${body} == 'a'"
                                  steps:
                                    - throwException:
                                        exceptionType: java.io.IOException
                                        message: part
                - route:
                    id: caught
                    from:
                      uri: timer:caught
                      parameters:
                        repeatCount: 1
                        delay: 200
                      steps:
                        - doTry:
                            steps:
                              - throwException:
                                  exceptionType: java.io.IOException
                                  message: caught
                            doCatch:
                              - exception:
                                  - java.io.IOException
                                steps:
                                  - log:
                                      message: "caught"
                """);

        try (ServedFolder served = ServedFolder.ready(folder)) {
            await().atMost(SOON).until(() -> served.err().lines().count() >= 3);
            Answer answer = served.stop();

            assertThat(answer.err().lines())
                    .containsExactlyInAnyOrder(
                            "failed, in part: route parts: java.io.IOException: part",
                            "failed: route parts: java.io.IOException: part",
                            "failed, handled: route caught: java.io.IOException: caught");
            assertThat(answer.out()).endsWith("\nstopped: 0 done, 2 failed\n");
        }
    }

    @Test
    void optionsWinOverTheFoldersPropertiesAndThoseOverTheEnvironment() throws Exception {
        write(
                "application.properties",
                """
                one = file
                two = file
                dagwasm.dir = /nowhere
                camel.main.name = file
                """);
        write(
                "say.camel.yaml",
                """
                - route:
                    from:
                      uri: timer:once
                      parameters:
                        repeatCount: 1
                        delay: 0
                      steps:
                        - setBody:
                            expression:
                              simple:
                                expression: "{{one}} {{two}} {{three}} ${camelId}"
                        - to:
                            uri: file:{{dagwasm.dir}}?fileName=said.txt
                """);
        Map<String, String> environment =
                Map.of("ONE", "env", "TWO", "env", "THREE", "env", "CAMEL_MAIN_NAME", "env");

        try (ServedFolder served =
                ServedFolder.start(
                        folder, environment, "-Done=option", "-Dcamel.main.name=option")) {
            awaitFile("said.txt");

            assertThat(served.stop().code()).isZero();
            assertThat(folder.resolve("said.txt")).hasContent("option file env option");
        }
    }

    @Test
    void endsByItselfWhereTheFolderSaysSo() throws Exception {
        write("application.properties", "camel.main.duration-max-messages = 1\n");
        write(
                "tick.dagwasm.yaml",
                """
                from: timer:tick?delay=0&repeatCount=1
                processors:
                  - { id: upper, backend: local, impl: change_text_case_upper }
                """);

        try (ServedFolder served = ServedFolder.start(folder, Map.of())) {
            Answer answer = served.ended();

            assertThat(answer.out()).endsWith("\nstopped: 1 done, 0 failed\n");
            assertThat(answer.code()).isZero();
        }
    }

    @Test
    void tellsTheFaultsOfAllFiles() throws Exception {
        write(
                "a.dagwasm.yaml",
                """
                processors:
                  - { id: upper, backend: local, impl: change_text_case_uper }
                """);
        write(
                "b.dagwasm.yaml",
                """
                from: file:{{inbox}}
                processors:
                  - { id: upper, backend: local, impl: change_text_case_upper }
                """);

        assertRefused(
                refused(),
                "my shop, v1.2/a.dagwasm.yaml:2:40: processors[0].impl: no impl 'change_text_case_uper' (did you mean 'change_text_case_upper'?)",
                "my shop, v1.2/b.dagwasm.yaml:1:7: from: no value for the placeholder {{inbox}}; define it or write {{inbox:default}}");
    }

    @Test
    void tellsWhichModuleIsRefused() throws Exception {
        write(
                "a.dagwasm.yaml",
                """
                processors:
                  - { id: guest, backend: wasm, module: guest.wasm }
                """);

        assertRefused(
                refused(),
                "my shop, v1.2/a.dagwasm.yaml:2:41: processors[0].module: processor 'guest' (guest.wasm): not found: neither beside the pipeline file (DIR/guest.wasm) nor in the working directory (PARENT/guest.wasm) nor on the class path"
                        .replace("DIR", folder.toString())
                        .replace("PARENT", parent.toString()));
    }

    @Test
    void tellsWhereComponentsComeFrom() throws Exception {
        write(
                "a.dagwasm.yaml",
                """
                from: kafka:orders
                processors:
                  - { id: upper, backend: local, impl: change_text_case_upper }
                """);

        assertRefused(
                refused(),
                "my shop, v1.2/a.dagwasm.yaml:1:7: from: there is no component 'kafka'; is its jar on the class path? (the jars of components that dagwasm does not bring along go into DAGWASM_CLASSPATH)");
    }

    @Test
    void tellsTheLineOfARouteThatCamelRefuses() throws Exception {
        write(
                "a.camel.yaml",
                """
                - route:
                    id: tick
                    from:
                      uri: timer:tick
                      steps:
                        - to:
                            uri: "log:{{nosuch}}"
                """);

        assertRefused(
                refused(),
                "my shop, v1.2/a.camel.yaml:4: route tick: Property with key [nosuch] not found in properties from text: log:{{nosuch}}");
    }

    @Test
    void tellsTheLineThatIsNoRoute() throws Exception {
        write("a.camel.yaml", "- route:\n    from:\n      uri: timer:c\n      stepss: []\n");

        assertRefused(
                refused(),
                "Unsupported field: stepss; in file:my shop, v1.2/a.camel.yaml, line 4, column 15: stepss: []");
    }

    @Test
    void tellsWhichOptionIsWrong() throws Exception {
        write("a.camel.yaml", "- beans: []\n");

        assertRefused(
                refused("-Dcamel.main.nosuch=1"),
                "camel.main.nosuch=1: there is no such option, or it has no such value");
    }

    @Test
    void refusesAFolderWhoseFilesHaveNoRoute() throws Exception {
        write("a.camel.yaml", "- beans: []\n");

        assertRefused(refused(), "my shop, v1.2: no route; there is none in its files");
    }
}
