package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about one pipeline under options of the component. */
class OperatedCommandTest {

    private static final String RESTRICTED = "-Dcamel.component.dagwasm.authors=restricted";

    @TempDir Path folder;
    private String file;

    @BeforeEach
    void write() throws Exception {
        file =
                Files.writeString(
                                folder.resolve("keep.dagwasm.yaml"),
                                """
                                processors:
                                  - { id: upper, backend: local, impl: change_text_case_upper }
                                  - id: keep
                                    backend: camel
                                    endpoint: "file:{{dagwasm.dir}}?fileName={{name}}"
                                    depends_on: [upper]
                                """)
                        .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "explain", "graph"})
    void aRestrictedAuthorIsRefusedAsInAnApplication(String command) {
        Shell.Answer answer =
                command.equals("run")
                        ? Shell.dagwasm(command, RESTRICTED, "-Dname=x", file, "text")
                        : Shell.dagwasm(command, RESTRICTED, "-Dname=x", file);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err().replace(folder + "/", ""))
                .isEqualTo(
                        "keep.dagwasm.yaml:5:15: processors[1].endpoint: the placeholder {{name}} is"
                                + " not for pipeline files; expected dagwasm.dir (option"
                                + " resolvableProperties of the component)\n");
    }

    @Test
    void anExpressionIsRefusedBeforeItIsEvaluated() {
        Shell.Answer answer =
                Shell.dagwasm(
                        "run",
                        RESTRICTED,
                        "-Dcamel.component.dagwasm.resolvable-properties=*",
                        "-Dname=${date:now:yyyy}",
                        file,
                        "text");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .endsWith(
                        "option 'fileName' has '$', with which expressions begin; expected literal"
                                + " text (authors are restricted; component option"
                                + " allowedEndpointOptions=file:fileName opens it)\n");
        assertThat(folder.toFile().list()).containsExactly("keep.dagwasm.yaml");
    }

    @Test
    void whatIsAllowedRuns() {
        Shell.Answer answer =
                Shell.dagwasm(
                        "run",
                        "--output",
                        "text",
                        RESTRICTED,
                        "-Dcamel.component.dagwasm.resolvableProperties=dagwasm.dir,name",
                        "-Dname=kept.txt",
                        file,
                        "grüße");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo("GRÜSSE\n");
        assertThat(folder.resolve("kept.txt")).hasContent("GRÜSSE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autors=restricted     | the component has no option 'autors'",
                "authors=none          | authors: found 'none'; expected trusted or restricted",
                "max-instances=many    | maxInstances: expected a whole number up to 2147483647, without a unit",
                "max-instances=#bean:x | option max-instances of the component cannot have this value",
                "allowedEndpointOptions=file:x | allowedEndpointOptions: has no effect while authors are trusted; set authors=restricted, or leave the option out"
            })
    void anOptionThatDoesNotFitIsRefused(String option, String message) {
        Shell.Answer answer =
                Shell.dagwasm("validate", "-Dcamel.component.dagwasm." + option.strip(), file);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).isEqualTo(message.strip() + "\n");
    }
}
