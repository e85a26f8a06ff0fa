package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.cli.ServedFolder.Answer;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a served folder does, and what is said of it. */
class ServeCommandIT extends ServeFixture {

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
}
