package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.DagWasmException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Endpoint;
import org.apache.camel.support.PluginHelper;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Pipeline files of an author who wants to have code run, in a context of an operator. */
abstract class AuthorFixture extends EndpointFixture {

    /** The system property that an attempt sets if any of it is evaluated. */
    static final String MARKER = "dagwasm.test.marker";

    /** What Camel calls if it evaluates it. */
    static final String CODE =
            "bean:type:java.lang.System?method=setProperty('" + MARKER + "','1')";

    static final String AT_ENDPOINT = "ask.dagwasm.yaml:2:42: processors[0].endpoint: ";

    DagWasmComponent component;

    @BeforeEach
    void prepareComponent() {
        System.clearProperty(MARKER);
        component = camel.context.getComponent("dagwasm", DagWasmComponent.class);
    }

    @AfterEach
    void clear() {
        System.clearProperty(MARKER);
    }

    /** Loads a pipeline with a processor that is such an endpoint; the message of its refusal. */
    String refusedEndpoint(String endpoint) throws Exception {
        camel.context.start();
        String pipeline =
                camel.pipeline(
                        "ask",
                        "processors:\n  - { id: ask, backend: camel, endpoint: \"%s\" }\n"
                                .formatted(endpoint));
        Endpoint asking = camel.context.getEndpoint(pipeline);
        String message = message(() -> asking.createProducer().start());
        // The next file of this name is another pipeline.
        camel.context.removeEndpoint(asking);
        return message;
    }

    /** Loads a route file; the message of its refusal. */
    String refusedRoute(String name, String ends) {
        return message(() -> load(name, ends));
    }

    void load(String name, String ends) throws Exception {
        Path file = folder.resolve(name);
        write(file, ends + CamelFixture.UPPER + "\n");
        PluginHelper.getRoutesLoader(camel.context)
                .loadRoutes(
                        PluginHelper.getResourceLoader(camel.context)
                                .resolveResource("file:" + file));
    }

    private String message(ThrowingCallable attempt) {
        Throwable next = catchThrowable(attempt);
        while (next != null && !(next instanceof DagWasmException)) {
            next = next.getCause();
        }
        return next == null ? "" : next.getMessage().replace(folder + "/", "");
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
