package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints of a file that is run, in folders of any name. */
class FolderPathTest {

    @TempDir Path parent;

    private String file(String folder, String endpoint) throws IOException {
        return Files.writeString(
                        Files.createDirectory(parent.resolve(folder)).resolve("keep.dagwasm.yaml"),
                        """
                        processors:
                          - id: keep
                            backend: camel
                            endpoint: "%s?fileName=x.txt"
                            options: { pattern: InOnly }
                        """
                                .formatted(endpoint))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a%b", "a#b", "a;b=c,d", "ü", "-a"})
    void leadToTheFolder(String name) throws IOException {
        String file = file(name, "file:{{dagwasm.dir}}/out");

        Shell.Answer answer = Shell.dagwasm("run", "--output", "text", "--", file, "text");

        assertThat(answer.err()).isEmpty();
        assertThat(parent.resolve(name).resolve("out/x.txt")).hasContent("text");
        assertThat(parent.toFile().list()).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a%20b ! '%20', which Camel reads as another character",
                "a?b   ! '?', with which options begin",
                "a&b   ! '&', which stands between options",
                "c++   ! '+', which is a blank in an option"
            })
    void orAreRefused(String name, String flaw) throws IOException {
        String file = file(name, "file:{{dagwasm.dir}}/out");

        Shell.Answer answer = Shell.dagwasm("run", file, "text");

        assertThat(answer.err())
                .isEqualTo(
                        "%s:4:15: processors[0].endpoint: the path of the folder has %s, and cannot stand in the URI of an endpoint; rename the folder\n"
                                .formatted(file, flaw));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(parent.toFile().list()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:%s/in%%20box", "file://%s/%%69n"})
    void noEscapeLeadsToAnotherFolder(String endpoint) throws IOException {
        String file = file("a", endpoint.formatted(parent));

        Shell.Answer answer = Shell.dagwasm("run", file, "text");

        assertThat(answer.err())
                .isEqualTo(
                        file
                                + ":4:15: processors[0].endpoint: processor 'keep' ("
                                + endpoint.formatted(parent)
                                + "?fileName=x.txt): the path of a file endpoint has '%' before two hexadecimal digits, which Camel reads as another character; write that character itself, or rename the folder\n");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(parent.toFile().list()).containsExactly("a");
    }
}
