package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the tables of the component's page to the catalog. {@code mvn -pl camel-dagwasm-component
 * test -Dtest=CatalogPageTest -Ddagwasm.regenerate} writes them anew.
 */
class CatalogPageTest {

    private static final Path CATALOG =
            Path.of("src/generated/resources/META-INF/io/github/dagwasm/camel/dagwasm.json");

    @Test
    void thePageSaysOfOptionsAndHeadersWhatTheCatalogSays() throws IOException {
        JsonNode catalog = new ObjectMapper().readTree(CATALOG.toFile());
        String page = Files.readString(DocumentedFiles.COMPONENT_PAGE);

        String generated = new CatalogPage(catalog).in(page);

        if (System.getProperty("dagwasm.regenerate") != null) {
            Files.writeString(DocumentedFiles.COMPONENT_PAGE, generated);
        }
        assertThat(Files.readString(DocumentedFiles.COMPONENT_PAGE))
                .as(
                        "%s is stale; regenerate it as this test's Javadoc says",
                        DocumentedFiles.COMPONENT_PAGE)
                .isEqualTo(generated);
    }
}
