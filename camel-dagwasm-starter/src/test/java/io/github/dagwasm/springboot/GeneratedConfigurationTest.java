package io.github.dagwasm.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dagwasm.camel.DagWasmComponent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the class of properties and its description for IDEs to the component's catalog. {@code mvn
 * -pl camel-dagwasm-starter -am test -Dtest=GeneratedConfigurationTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Ddagwasm.regenerate} writes both anew.
 */
class GeneratedConfigurationTest {

    private static final Path CLASS =
            Path.of(
                    "src/generated/java/io/github/dagwasm/springboot/DagWasmComponentConfiguration.java");

    private static final Path METADATA =
            Path.of("src/generated/resources/META-INF/spring-configuration-metadata.json");

    private final GeneratedConfiguration generated = new GeneratedConfiguration(catalog());

    private static JsonNode catalog() {
        try (InputStream file =
                DagWasmComponent.class.getResourceAsStream(
                        "/META-INF/io/github/dagwasm/camel/dagwasm.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theClassHasTheOptionsOfTheCatalog() throws IOException {
        requireFresh(CLASS, generated.source());
    }

    @Test
    void theDescriptionHasTheOptionsOfTheCatalog() throws IOException {
        requireFresh(METADATA, generated.metadata());
    }

    private static void requireFresh(Path file, String text) throws IOException {
        if (System.getProperty("dagwasm.regenerate") != null) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file))
                .as(
                        "%s is stale; write it anew with: mvn -pl camel-dagwasm-starter -am test"
                                + " -Dtest=GeneratedConfigurationTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Ddagwasm.regenerate",
                        file)
                .isEqualTo(text);
    }
}
