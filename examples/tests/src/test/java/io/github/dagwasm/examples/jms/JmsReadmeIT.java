package io.github.dagwasm.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.examples.FreePort;
import io.github.dagwasm.examples.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the first block of the example's README on a port of their own; what they
 * print does not tell which.
 */
class JmsReadmeIT {

    private static final String BLOCK = "```shell-session\n";

    /** Where the example's sources are newer than what was built before. */
    private static final String BUILDING =
            "dagwasm: building what examples/jms/pom.xml declares...\n";

    @TempDir Path folder;

    @Test
    void theCommandsPrintWhatTheReadmeSays() throws Exception {
        String readme = Files.readString(WorkerProcess.ROOT.resolve("examples/jms/README.md"));
        int begin = readme.indexOf(BLOCK) + BLOCK.length();
        String block = readme.substring(begin, readme.indexOf("```", begin));

        FreePort port = FreePort.find();
        StringBuilder shown = new StringBuilder();
        for (String command : commands(block)) {
            shown.append("$ ").append(command).append('\n').append(run(command, port));
        }

        assertThat(shown.toString()).isEqualTo(block);
    }

    private static List<String> commands(String block) {
        List<String> commands = new ArrayList<>();
        block.lines()
                .filter(line -> line.startsWith("$ "))
                .forEach(line -> commands.add(line.substring(2)));
        return commands;
    }

    private String run(String command, FreePort port) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("command.sh"), command);
        Path shown = folder.resolve("shown");
        ProcessBuilder builder =
                new ProcessBuilder("bash", script.toString())
                        .directory(WorkerProcess.ROOT.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(shown.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JMS_PORT", port.toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return Files.readString(shown, StandardCharsets.UTF_8).replace(BUILDING, "");
    }
}
