package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedCommandTest {

    @TempDir Path folder;

    @Test
    void showsOutputAndErrorsAsATerminalWould() throws Exception {
        assertThat(run("echo '🦀 one'; echo two >&2; printf three\n"))
                .isEqualTo("🦀 one\ntwo\nthree\n");
    }

    @Test
    void runsInTheFolderGivenWithNothingToRead() throws Exception {
        assertThat(run("cat; pwd -P\n")).isEqualTo(folder.toRealPath() + "\n");
    }

    @Test
    void usesTheJdkThatRunsTheTest() throws Exception {
        assertThat(run("echo \"$JAVA_HOME\"\n")).isEqualTo(System.getProperty("java.home") + "\n");
    }

    @Test
    void takesOutMeasuredTimesAlone() {
        String shown =
                "Execution Time: ~5ms, {\"duration_ns\":123,\"start_ns\": 4,\"bytes_in\":5,"
                        + "\"fuel\":7}";

        assertThat(DocumentedCommand.withoutMeasures(shown))
                .isEqualTo(
                        "Execution Time: (measured), {\"duration_ns\":(measured),"
                                + "\"start_ns\":(measured),\"bytes_in\":5,\"fuel\":7}");
    }

    private String run(String script) throws Exception {
        return new DocumentedCommand(1, script, "").run(folder);
    }
}
