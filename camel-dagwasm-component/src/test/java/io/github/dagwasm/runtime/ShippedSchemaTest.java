package io.github.dagwasm.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.camel.CamelBackend;
import io.github.dagwasm.local.LocalBackend;
import io.github.dagwasm.pipeline.PipelineReference;
import io.github.dagwasm.pipeline.PipelineSchema;
import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.wasm.WasmBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is generated from the specs of the real backends and committed: the JSON Schema in the jar
 * and the reference page. {@code mvn -pl camel-dagwasm-component test -Dtest=ShippedSchemaTest
 * -Ddagwasm.regenerate} writes both anew.
 */
class ShippedSchemaTest {

    private static final Path SCHEMA =
            Path.of("src/main/resources/io/github/dagwasm/pipeline", PipelineSchema.RESOURCE);
    private static final Path REFERENCE = Path.of("../docs/pipeline-reference.md");

    private static final String TITLE =
            """
            # Keys of a pipeline file

            Generated from the same specs that the reader and the JSON Schema use; `ShippedSchemaTest` holds it to them.
            Where a value is a scalar outside of `options`, `"{{key}}"` and `"{{key:default}}"`, in quotes, stand for a value
            given by `-Dkey=value`, by a property of the JVM or by the environment; `{{env:NAME}}` and `{{sys:NAME}}` ask the environment or the
            JVM alone, with a default after another colon. Under `options` this holds only where the processor says `resolve: true`. A JSON
            Schema for editors is in the jar, `io/github/dagwasm/pipeline/pipeline.schema.json`.

            """;

    private static List<Backend> backends() {
        return List.of(
                LocalBackend.load(LocalBackend.class.getClassLoader()),
                new WasmBackend(),
                new CamelBackend(
                        () -> {
                            throw new AssertionError("no processor is made");
                        }));
    }

    private static void assertCommitted(Path file, String generated) throws IOException {
        if (System.getProperty("dagwasm.regenerate") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }
        assertThat(Files.readString(file))
                .as("%s is stale; regenerate it as this test's Javadoc says", file)
                .isEqualTo(generated);
    }

    @Test
    void theSchemaInTheJarIsThatOfTheBackends() throws IOException {
        assertCommitted(SCHEMA, PipelineSchema.of(backends()).toJson());

        assertThat(PipelineSchema.class.getResource(PipelineSchema.RESOURCE)).isNotNull();
    }

    @Test
    void theReferencePageIsThatOfTheBackends() throws IOException {
        assertCommitted(REFERENCE, TITLE + PipelineReference.of(backends()).toMarkdown());
    }
}
