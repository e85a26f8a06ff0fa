package io.github.dagwasm.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.WorkerProcess;
import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example's own settings around pipelines that fail. */
class FailingPipelinesIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String FULL =
            """
            {"type":"tag:dagwasm.github.io,2026:sandbox-full","title":"Sandbox full","status":503,\
            "detail":"The sandbox is full; try again later."}""";
    private static final String TOO_LATE =
            """
            {"type":"tag:dagwasm.github.io,2026:too-late","title":"Too late","status":504,\
            "detail":"The text was not processed in the time there is."}""";

    @TempDir private static Path folder;

    private static HttpServer server;

    @BeforeAll
    static void serve() throws IOException {
        for (String file : new String[] {"application.properties", "http.camel.yaml"}) {
            Files.copy(HttpServer.EXAMPLE.resolve(file), folder.resolve(file));
        }
        Files.writeString(
                folder.resolve("application.properties"),
                Files.readString(folder.resolve("application.properties"))
                        + "camel.component.dagwasm.max-instances = 1\n"
                        + "camel.component.dagwasm.sandbox-wait = 10ms\n");
        pipeline("trap", "direct:answer", TestModules.trap());
        pipeline("malformed", "direct:answer", TestModules.malformedOutput());
        pipeline("slow", "direct:answer", TestModules.endlessLoop());
        pipeline("echo", "direct:answer", TestModules.echo());
        pipeline("lost", "direct:nowhere?block=false", TestModules.echo());
        server = serving();
    }

    private static HttpServer serving() throws IOException {
        return HttpServer.serving(
                folder, Map.of("DAGWASM_CLASSPATH", WorkerProcess.classPathOf("http")));
    }

    @AfterAll
    static void close() throws IOException {
        server.close();
    }

    private static void pipeline(String name, String to, byte[] module) throws IOException {
        Files.write(folder.resolve(name + ".wasm"), module);
        Files.writeString(
                folder.resolve(name + ".dagwasm.yaml"),
                """
                from: "jetty:{{http.server}}/pipelines/%1$s?{{http.options}}"
                to: %2$s
                route_configuration: problems
                metadata_headers: true
                max_input_bytes: 1000
                wasm:
                  limits: { output_bytes: 100 }
                processors:
                  - id: guest
                    backend: wasm
                    module: %1$s.wasm
                    timeout_seconds: %3$d
                """
                        .formatted(name, to, name.equals("slow") ? 1 : 600));
    }

    private static void assertProblem(HttpResponse<String> response, int status, String document) {
        assertThat(response.body()).isEqualTo(document);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().map().keySet())
                .isSubsetOf("content-type", "content-length", "retry-after");
    }

    @ParameterizedTest
    @CsvSource({
        "trap, 1, 422, 'tag:dagwasm.github.io,2026:trap', Trap, A guest trapped on this text.",
        "malformed, 1, 422, 'tag:dagwasm.github.io,2026:guest-failure', Guest failure,"
                + " A guest failed on this text.",
        "echo, 101, 422, 'tag:dagwasm.github.io,2026:limit-exceeded', Limit exceeded,"
                + " This text takes more than the limit of 100 output bytes.",
        "echo, 1001, 413, 'tag:dagwasm.github.io,2026:text-too-large', Text too large,"
                + " The text is larger than the 1000 bytes that are taken."
    })
    void aFailureIsItsProblem(
            String pipeline, int length, int status, String type, String title, String detail)
            throws Exception {
        String document =
                """
                {"type":"%s","title":"%s","status":%d,"detail":"%s"}"""
                        .formatted(type, title, status, detail);

        assertProblem(server.send(server.text(pipeline, "a".repeat(length))), status, document);
    }

    @Test
    void whatNobodyForesawIs500() throws Exception {
        assertProblem(
                server.send(server.text("lost", "a")),
                500,
                """
                {"type":"about:blank","title":"Internal Server Error","status":500}""");
    }

    @Test
    void aFullSandboxIs503AndADeadline504() throws Exception {
        await().atMost(LIMIT).until(this::fillsTheSandboxUntilItsTimeIsUp);
    }

    private boolean fillsTheSandboxUntilItsTimeIsUp() throws Exception {
        CompletableFuture<HttpResponse<String>> slow = server.sendAsync(server.text("slow", "a"));
        boolean full = false;
        while (!slow.isDone()) {
            full |= answeredFull();
        }
        if (slow.get().statusCode() == 503) {
            // One of the others had its place just then.
            return false;
        }
        assertProblem(slow.get(), 504, TOO_LATE);
        return full;
    }

    private boolean answeredFull() throws IOException, InterruptedException {
        HttpResponse<String> response = server.send(server.text("echo", "a"));
        if (response.statusCode() == 200) {
            return false;
        }
        assertProblem(response, 503, FULL);
        assertThat(response.headers().allValues("Retry-After")).containsExactly("1");
        return true;
    }

    /** Its text is there, and a guest works on it, when the signal comes. */
    @Test
    void whatIsUnderWayIsAnsweredBeforeItStops() throws Exception {
        try (HttpServer own = serving()) {
            // Camel waits for what has reached its route, which takes the first request a while.
            assertThat(own.send(own.text("echo", "first of all")).statusCode()).isEqualTo(200);
            CompletableFuture<HttpResponse<String>> slow = own.sendAsync(own.text("slow", "a"));
            await().atMost(LIMIT).until(() -> own.send(own.text("echo", "a")).statusCode() == 503);

            ProcessHandle.of(own.worker().pid()).orElseThrow().destroy();

            assertProblem(slow.get(), 504, TOO_LATE);
            assertThat(own.worker().stop()).isZero();
        }
    }
}
