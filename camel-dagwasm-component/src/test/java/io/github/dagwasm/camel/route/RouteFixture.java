package io.github.dagwasm.camel.route;

import io.github.dagwasm.spi.PipelineFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A context, and a folder of route files for it. */
abstract class RouteFixture {

    /** A pipeline whose processors begin in the line after {@code processors:}. */
    static final String UPPER =
            """
            processors:
              - id: upper
                backend: local
                impl: change_text_case_upper
            """;

    @TempDir Path folder;

    final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }

    /** Loads a file as Camel loads any route file. */
    void load(Path file) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        PluginHelper.getResourceLoader(context).resolveResource("file:" + file));
    }

    void property(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    /** The family's exception among the causes: what Camel wraps around it varies. */
    static Throwable fault(Throwable thrown) {
        Throwable cause = thrown;
        while (!(cause instanceof PipelineFileException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
