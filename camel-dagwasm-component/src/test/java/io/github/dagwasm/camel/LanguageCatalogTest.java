package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.dagwasm.camel.language.DagWasmLanguage;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.language.LanguageExpression;
import org.apache.camel.spi.annotations.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds what Camel's tools are told of the language to its class, and the page to both. */
class LanguageCatalogTest {

    private final ObjectMapper mapper = new ObjectMapper();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void close() throws IOException {
        context.close();
    }

    private JsonNode catalog() throws IOException {
        return mapper.readTree(context.getLanguageParameterJsonSchema("dagwasm"));
    }

    @Test
    void camelFindsTheLanguageByItsName() throws IOException {
        JsonNode language = catalog().get("language");

        assertThat(context.resolveLanguage("dagwasm")).isInstanceOf(DagWasmLanguage.class);
        assertThat(language.get("name").asText())
                .isEqualTo(DagWasmLanguage.class.getAnnotation(Language.class).value())
                .isEqualTo("dagwasm");
        assertThat(language.get("javaType").asText()).isEqualTo(DagWasmLanguage.class.getName());
        assertThat(language.get("modelJavaType").asText())
                .isEqualTo(LanguageExpression.class.getName());
    }

    @Test
    void theLanguageIsOfTheSameReleaseAsTheComponent() throws IOException {
        JsonNode component =
                mapper.readTree(context.getComponentParameterJsonSchema("dagwasm"))
                        .get("component");
        JsonNode language = catalog().get("language");

        for (String key : new String[] {"groupId", "artifactId", "version", "supportLevel"}) {
            assertThat(language.get(key)).as(key).isEqualTo(component.get(key));
        }
    }

    @Test
    void theOptionsAreThoseThatCamelHasForLanguagesWithoutAModelOfTheirOwn() throws IOException {
        ObjectNode expected =
                (ObjectNode)
                        mapper.readTree(
                                        LanguageExpression.class.getResourceAsStream(
                                                "/META-INF/org/apache/camel/model/language/language.json"))
                                .get("properties");
        expected.remove("language");

        JsonNode actual = catalog().get("properties");

        assertThat(actual.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(expected::fieldNames);
        for (String option : new String[] {"id", "expression", "trim"}) {
            for (String key :
                    new String[] {"kind", "required", "type", "javaType", "defaultValue"}) {
                assertThat(actual.get(option).get(key))
                        .as(option + "." + key)
                        .isEqualTo(expected.get(option).get(key));
            }
        }
    }

    @Test
    void thePageSaysWhatTheCatalogSays() throws IOException {
        JsonNode language = catalog().get("language");
        JsonNode options = catalog().get("properties");
        // As on the component's page: the kind of an option says in which table it stands.
        options.forEach(option -> ((ObjectNode) option).put("kind", "option"));

        String page = Files.readString(DocumentedFiles.LANGUAGE_PAGE);

        assertThat(page)
                .contains(
                        "*Since dagwasm %s* · *Support level: %s*\n\n%s\n"
                                .formatted(
                                        language.get("firstVersion").asText(),
                                        language.get("supportLevel").asText(),
                                        language.get("description").asText()),
                        CatalogPage.table(options, "option", "Name"));
    }
}
