package io.github.dagwasm.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the README's commands against a server on another port than the one that it shows. */
class HttpReadmeIT {

    private static final String SERVE = "./dagwasm serve examples/http";
    private static final String PORT = ":8080";

    private static HttpServer server;

    private record Command(String script, String output) {}

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.serving(Path.of("examples/http"), Map.of());
    }

    @AfterAll
    static void close() throws IOException {
        server.close();
    }

    private static List<Command> commands() throws IOException {
        List<Command> commands = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(HttpServer.EXAMPLE.resolve("README.md"))) {
            if (line.startsWith("```")) {
                inside = line.equals("```shell-session");
            } else if (inside && line.startsWith("$ ")) {
                commands.add(new Command(line.substring(2), ""));
            } else if (inside) {
                Command last = commands.remove(commands.size() - 1);
                commands.add(new Command(last.script(), last.output() + line + "\n"));
            }
        }
        return commands;
    }

    @Test
    void servesWhatTheReadmeSays() throws IOException {
        Command serve = commands().get(0);

        assertThat(serve.script()).isEqualTo(SERVE);
        assertThat(server.worker().out().lines())
                .containsExactlyInAnyOrderElementsOf(onPort(serve.output()).lines().toList());
    }

    @TestFactory
    List<DynamicTest> commandsPrintWhatTheReadmeSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Command command : commands()) {
            if (!command.script().equals(SERVE)) {
                tests.add(DynamicTest.dynamicTest(command.script(), () -> check(command)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(4);
        return tests;
    }

    private static void check(Command command) throws Exception {
        Process bash =
                new ProcessBuilder("bash", "-c", onPort(command.script()))
                        .redirectErrorStream(true)
                        .start();

        bash.getOutputStream().close();
        byte[] printed = bash.getInputStream().readAllBytes();
        bash.waitFor();

        assertThat(new String(printed, StandardCharsets.UTF_8).replace("\r", ""))
                .isEqualTo(command.output());
    }

    private static String onPort(String text) {
        return text.replace(PORT, ":" + server.port());
    }
}
