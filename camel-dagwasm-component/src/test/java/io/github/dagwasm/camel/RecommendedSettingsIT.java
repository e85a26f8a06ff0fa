package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.failure.DagWasmException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pipeline files in an application that has the settings that SECURITY.md recommends. */
class RecommendedSettingsIT {

    private static final Path PROJECT = Path.of("..");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final Main main = new Main();
    private URLClassLoader classes;

    @BeforeEach
    void configure() throws IOException {
        classes =
                new URLClassLoader(
                        new URL[] {PROJECT.toAbsolutePath().normalize().toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(classes);
        DocumentedFiles.write(DocumentedFiles.ofSecurityPage(), folder);
        main.setPropertyPlaceholderLocations("file:" + folder + "/application.properties");
        main.addOverrideProperty("dagwasm.dir", folder.toString());
        main.configure().withRoutesIncludePattern("file:" + folder + "/*.yaml");
        main.addMainListener(
                new MainListenerSupport() {
                    @Override
                    public void beforeInitialize(BaseMainSupport support) {
                        support.getCamelContext().setApplicationContextClassLoader(classes);
                    }
                });
    }

    @AfterEach
    void stop() throws IOException {
        main.stop();
        Thread.currentThread().setContextClassLoader(before);
        classes.close();
        System.clearProperty(AuthorFixture.MARKER);
    }

    private String refusal(String file, String yaml) {
        AuthorFixture.write(folder.resolve(file), yaml);
        Throwable next = catchThrowable(main::start);
        // The context was never started, so that nothing stops it. A thread ends after its pool.
        await().atMost(PATIENCE).until(() -> ComponentThreads.of(main.getCamelContext()).isEmpty());
        while (next != null && !(next instanceof DagWasmException)) {
            next = next.getCause();
        }
        return next == null ? "" : next.getMessage().replace(folder + "/", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file-drop | Hello World | hello world-wasm",
                "redaction | Mail to joe@example.org. | Mail to [email].-- redacted and counted\\n"
            })
    void theExamplesRun(String example, String dropped, String expected) throws Exception {
        Path from = PROJECT.resolve("examples").resolve(example.strip());
        for (String file : new String[] {example.strip() + ".dagwasm.yaml", "errors.camel.yaml"}) {
            Files.copy(from.resolve(file), folder.resolve(file));
        }
        AuthorFixture.write(folder.resolve("inbox/letter.txt"), dropped.strip());

        main.start();

        Path out = folder.resolve("outbox/letter.txt");
        await().atMost(PATIENCE).until(() -> Files.exists(out));
        assertThat(Files.readString(out)).isEqualTo(expected.strip().replace("\\n", "\n"));
        assertThat(folder.resolve("failed")).doesNotExist();
    }

    @Test
    void anAttemptInAProcessorRunsNothing() {
        assertThat(
                        refusal(
                                "drop.dagwasm.yaml",
                                """
                                from: seda:in
                                processors:
                                  - id: ask
                                    backend: camel
                                    endpoint: file:out?fileName=RAW(${%s})
                                """
                                        .formatted(AuthorFixture.CODE)))
                .isEqualTo(
                        "drop.dagwasm.yaml:5:15: processors[0].endpoint: processor 'ask'"
                                + " (file:out?fileName=xxxxxx): option 'fileName' has '$', with"
                                + " which expressions begin; expected literal text (authors are"
                                + " restricted; component option"
                                + " allowedEndpointOptions=file:fileName opens it)");
        assertThat(System.getProperty(AuthorFixture.MARKER)).isNull();
    }

    @Test
    void anAttemptAtTheEndsOfARouteRunsNothing() {
        assertThat(
                        refusal(
                                "drop.dagwasm.yaml",
                                """
                                from: "file:in?idempotentKey=%s"
                                to: "file:out?tempFileName=RAW{a-${file:name}-${%s}}"
                                processors: [ { id: up, backend: local, impl: change_text_case_upper } ]
                                """
                                        .formatted(
                                                "%24%7B" + AuthorFixture.CODE + "%7D",
                                                AuthorFixture.CODE)))
                .isEqualTo(
                        """
                        drop.dagwasm.yaml:1:7: from: option 'idempotentKey' of 'file' is not known to be plain data (authors are restricted; component option allowedEndpointOptions=file:idempotentKey opens it)
                        drop.dagwasm.yaml:2:5: to: option 'tempFileName' has '$', with which expressions begin; expected literal text with ${file:name}, ${file:onlyname} or ${file:name.noext} (authors are restricted; component option allowedEndpointOptions=file:tempFileName opens it)""");
        assertThat(System.getProperty(AuthorFixture.MARKER)).isNull();
    }
}
