package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Placeholders mean to commands what they mean to Camel. */
class PlaceholderCommandTest {

    private static final String OPERATED = "-Dcamel.component.dagwasm.authors=trusted";

    @TempDir Path folder;

    private String file(String prefix) throws IOException {
        return Files.writeString(
                        folder.resolve("a.dagwasm.yaml"),
                        """
                        processors:
                          - id: a
                            backend: local
                            impl: prefix_suffix_adder
                            resolve: true
                            options: { prefix: "%s" }
                        """
                                .formatted(prefix))
                .toString();
    }

    private String run(String option, String prefix) throws IOException {
        Shell.Answer answer =
                Shell.dagwasm("run", option, "--output", "text", file(prefix), " text");
        assertThat(answer.err()).isEmpty();
        return answer.out();
    }

    @ParameterizedTest
    @CsvSource({
        "{{env:DAGWASM_NONE:dev}}, dev",
        "{{sys:dagwasm.none:a:b}}, a:b",
        "{{env:stage:dev}},        dev",
        "{{stage:dev}},            live"
    })
    void areTheSameWithOptionsOfAnOperatorAndWithout(String written, String value)
            throws IOException {
        String properties = "-Dstage=live";

        assertThat(run(properties, written)).isEqualTo(value + " text\n");
        assertThat(
                        Shell.dagwasm(
                                        "run",
                                        OPERATED,
                                        properties,
                                        "--output",
                                        "text",
                                        file(written),
                                        " text")
                                .out())
                .isEqualTo(value + " text\n");
    }

    @Test
    void askTheProcess() throws IOException {
        String expected =
                System.getenv("PATH")
                        + System.getProperty("file.encoding")
                        + System.getProperty("file.encoding")
                        + System.getenv("PATH")
                        + " text\n";
        String written = "{{env:path}}{{sys:file.encoding}}{{file.encoding}}{{path}}";

        assertThat(run("-Da=b", written)).isEqualTo(expected);
        assertThat(run(OPERATED, written)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "explain", "graph"})
    void refuseFunctionsThatOnlyCamelHas(String command) throws IOException {
        String file = file("{{service:shop:80}}");
        String problem =
                "a.dagwasm.yaml:6:24: processors[0].options.prefix: the placeholder {{service:shop:80}} calls Camel's function 'service', which is not available here; expected a key, env:NAME or sys:NAME\n";

        for (String option : new String[] {"-Dservice=x", OPERATED}) {
            Shell.Answer answer =
                    command.equals("run")
                            ? Shell.dagwasm(command, option, file, "text")
                            : Shell.dagwasm(command, option, file);

            assertThat(answer.err().replace(folder + "/", "")).isEqualTo(problem);
            assertThat(answer.code()).isEqualTo(2);
        }
    }
}
