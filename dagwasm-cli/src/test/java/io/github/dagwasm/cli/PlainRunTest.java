package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.Shell.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run without options says what one with options says. */
class PlainRunTest {

    @TempDir Path folder;

    private String file(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml).toString();
    }

    private static Answer plain(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                PlainRun.of(args)
                        .orElseThrow()
                        .execute(new PrintWriter(out, true), new PrintWriter(err, true));
        return new Answer(code, withoutTime(out.toString()), err.toString());
    }

    private static Answer parsed(String... args) {
        Answer answer = Shell.dagwasm(args);
        return new Answer(answer.code(), withoutTime(answer.out()), answer.err());
    }

    private static String withoutTime(String report) {
        return report.replaceAll("~[0-9]+ms", "~5ms");
    }

    @Test
    void saysTheSameOfASuccess() throws IOException {
        String file =
                file(
                        "good.dagwasm.yaml",
                        "processors: [{ id: a, backend: local, impl: reverse_text }]");

        Answer answer = plain("run", file, "ein", "text", "");

        assertThat(answer).isEqualTo(parsed("run", file, "ein", "text", ""));
        assertThat(answer.code()).isEqualTo(Dagwasm.OK);
        assertThat(answer.out()).contains("   Output: \" txet nie\"\n");
    }

    @Test
    void saysTheSameOfAFailure() throws IOException {
        String file =
                file(
                        "small.dagwasm.yaml",
                        "max_input_bytes: 3\nprocessors: [{ id: a, backend: local, impl: reverse_text }]");

        Answer answer = plain("run", file, "four");

        assertThat(answer).isEqualTo(parsed("run", file, "four"));
        assertThat(answer.code()).isEqualTo(Dagwasm.NO);
    }

    @Test
    void saysTheSameOfAFileThatIsUnusable() throws IOException {
        String file = file("bad.dagwasm.yaml", "processors: []\nstrategie: level");

        Answer answer = plain("run", file, "text");

        assertThat(answer).isEqualTo(parsed("run", file, "text"));
        assertThat(answer.code()).isEqualTo(Dagwasm.UNUSABLE);
        assertThat(plain("run", "no such file", "text"))
                .isEqualTo(parsed("run", "no such file", "text"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "run file",
                "run --output text",
                "run file --output=text a",
                "run file -- a",
                "run @arguments a",
                "run file @text",
                "run file text -v",
                "validate file text"
            })
    void leavesWhatNeedsParsingToTheParser(String line) {
        assertThat(PlainRun.of(line.split(" "))).isEmpty();
    }

    @Test
    void takesADashForAText() {
        assertThat(PlainRun.of("run", "file", "-")).isPresent();
    }
}
