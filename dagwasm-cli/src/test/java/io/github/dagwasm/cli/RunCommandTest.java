package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.Shell.dagwasm;
import static io.github.dagwasm.cli.Shell.dagwasmReading;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.Shell.Answer;
import io.github.dagwasm.wasm.CamelGuests;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} prints, beside what the READMEs show. */
class RunCommandTest {

    private static final String REVERSE =
            """
            executor_options: { max_concurrency: 2 }
            processors:
              - { id: turn, backend: local, impl: reverse_text }
            """;

    @TempDir Path folder;

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("demo.dagwasm.yaml"), yaml).toString();
    }

    private static String withoutTime(String report) {
        return report.replaceAll("~[0-9]+ms", "~5ms");
    }

    @Test
    void quotesBackslashesAndControlsAreEscapedAsInJson() throws IOException {
        Answer answer = dagwasm("run", file(REVERSE), "a\"b\\c\n\u001b[31m\u0085");

        assertThat(answer.out())
                .contains("   Input:  \"a\\\"b\\\\c\\n\\u001b[31m\\u0085\"\n")
                .contains("   Output: \"\\u0085m13[\\u001b\\nc\\\\b\\\"a\"\n");
    }

    @Test
    void aChainLineEndsAfterEightyCodePointsWhileInputAndOutputAreWhole() throws IOException {
        String text = "🦀".repeat(100);

        Answer answer = dagwasm("run", file(REVERSE), text);

        assertThat(answer.out()).contains("\n  1. turn → \"" + "🦀".repeat(66) + "…\n");
        assertThat(answer.out())
                .contains("   Input:  \"" + text + "\"\n")
                .contains("   Output: \"" + text + "\"\n");
        String chain =
                answer.out()
                        .lines()
                        .filter(line -> line.startsWith("  1. "))
                        .findFirst()
                        .orElseThrow();
        assertThat(chain.codePointCount(0, chain.length())).isEqualTo(80);
    }

    @Test
    void aPlaceholderStandsForTheFilesFolderUnlessItIsGiven() throws IOException {
        String file =
                file(
                        """
                        processors:
                          - id: add
                            backend: local
                            impl: prefix_suffix_adder
                            options: { prefix: "{{dagwasm.dir}}: " }
                            resolve: true
                        """);

        Answer byDefault = dagwasm("run", "--output=text", file, "text");
        Answer given = dagwasm("run", "--output=text", "-Ddagwasm.dir=here", file, "text");

        assertThat(byDefault.out()).isEqualTo(folder.toAbsolutePath() + ": text\n");
        assertThat(given.out()).isEqualTo("here: text\n");
    }

    @Test
    void aFileWithTheKeysOfARouteIsValidAndRuns() throws IOException {
        String file =
                file(
                        """
                        from: "file:{{dagwasm.dir}}/inbox"
                        to: "file:{{dagwasm.dir}}/outbox"
                        route_configuration: errors
                        """
                                + REVERSE);

        Answer valid = dagwasm("validate", file);
        Answer run = dagwasm("run", "--output=text", file, "text");

        assertThat(valid.out()).isEqualTo(file + ": valid: 1 processor on 1 level\n");
        assertThat(run.out()).isEqualTo("txet\n");
    }

    @Test
    void aPartialRunShowsWhatFailedAndWhatWasSkipped() throws IOException {
        TestModule.write(folder.resolve("trap.wasm"), TestModules.trap());
        String file =
                file(
                        """
                        failure_strategy: best_effort
                        executor_options: { max_concurrency: 2 }
                        processors:
                          - { id: turn, backend: local, impl: reverse_text }
                          - { id: guest, backend: wasm, module: trap.wasm, depends_on: [turn] }
                          - { id: after, backend: local, impl: reverse_text, depends_on: [guest] }
                        """);

        Answer answer = dagwasm("run", file, "abc");

        assertThat(withoutTime(answer.out()))
                .isEqualTo(
                        """
                        📋 Configuration: FILE
                        🔧 Strategy: WorkQueue
                        ⚙️  Max Concurrency: 2
                        🛡️  Failure Strategy: BestEffort

                        📊 Execution Results:
                        ⏱️  Execution Time: ~5ms
                        🔢 Processors Executed: 2

                        🔄 Processor Chain:
                          1. turn → "cba"
                          2. guest ✗ failed
                             ⚠️  the guest trapped: Trapped on unreachable instruction
                          3. after ✗ skipped

                        🎯 Final Transformation:
                           Input:  "abc"
                           Output: "cba"
                           Partial: the text of turn, since not all succeeded
                        """
                                .replace("FILE", file));
        assertThat(answer.err())
                .isEqualTo(
                        "pipeline 'demo' succeeded in part, the output is the text of 'turn': processor 'guest':"
                                + " the guest trapped: Trapped on unreachable instruction\n");
        assertThat(answer.code()).isZero();
    }

    @Test
    void standardInputThatCannotBeReadIsToldInOneSentence() throws IOException {
        Answer answer;
        try (InputStream directory = Files.newInputStream(folder)) {
            answer = dagwasmReading(directory, "run", file(REVERSE), "-");
        }

        assertThat(answer)
                .isEqualTo(new Answer(1, "", "standard input cannot be read: Is a directory\n"));
    }

    @Test
    void aFailedRunIsToldOnStandardErrorWhateverTheOutput() throws IOException {
        TestModule.write(folder.resolve("trap.wasm"), TestModules.trap());
        String file = file("processors:\n  - { id: guest, backend: wasm, module: trap.wasm }\n");
        String sentence =
                "pipeline 'demo': processor 'guest' (trap.wasm): the guest trapped:"
                        + " Trapped on unreachable instruction\n";

        Answer report = dagwasm("run", file, "abc");
        Answer json = dagwasm("run", "--output", "json", file, "abc");
        Answer text = dagwasm("run", "--output", "text", file, "abc");

        assertThat(report.out())
                .contains("  1. guest ✗ failed\n")
                .contains("   Output: none, the run failed\n");
        assertThat(json.out())
                .contains("\"outcome\":\"failed\"")
                .contains("\"failure\":{\"kind\":\"trap\",\"limit\":null,");
        assertThat(text.out()).isEmpty();
        for (Answer answer : new Answer[] {report, json, text}) {
            assertThat(answer.err()).isEqualTo(sentence);
            assertThat(answer.code()).isEqualTo(1);
        }
    }

    @Test
    void severalTextsAreJoinedByBlanksAndStandardInputLosesItsLastNewline() throws IOException {
        String file = file(REVERSE);

        assertThat(dagwasm("run", "--output", "text", file, "ab", "cd").out()).isEqualTo("dc ba\n");
        assertThat(dagwasmReading(bytes("ab\n\n"), "run", "--output", "text", file, "-").out())
                .isEqualTo("\nba\n");
        assertThat(dagwasmReading(bytes(""), "run", "--output", "text", file, "-").out())
                .isEqualTo("\n");
    }

    @Test
    void bytesThatAreNoTextGoInAndComeOutAsTheyAre() throws IOException {
        TestModule.write(folder.resolve("echo.wasm"), CamelGuests.echo());
        String file = file("processors:\n  - { id: echo, backend: wasm, module: echo.wasm }\n");
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n'};
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(written));
        Answer answer;
        try {
            answer = dagwasmReading(picture, "run", "--output", "text", file, "-");
        } finally {
            System.setOut(before);
        }

        assertThat(answer).isEqualTo(new Answer(0, "", ""));
        assertThat(written.toByteArray()).isEqualTo(picture);
        assertThat(dagwasmReading(picture, "run", file, "-").out())
                .contains("  1. echo → 6 bytes that are no text\n")
                .contains(
                        """
                           Input:  6 bytes that are no text
                           Output: 6 bytes that are no text
                        """);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
