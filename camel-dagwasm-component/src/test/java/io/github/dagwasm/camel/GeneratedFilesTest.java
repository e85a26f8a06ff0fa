package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That Camel finds what is generated from the annotations. */
class GeneratedFilesTest {

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void close() throws IOException {
        context.close();
    }

    @Test
    void findsTheComponentByItsScheme() {
        Component component = context.getComponent("dagwasm", true, false);

        assertThat(component).isInstanceOf(DagWasmComponent.class);
    }

    @Test
    void setsOptionsWithoutReflection() {
        Component component = context.getComponent("dagwasm");

        assertThat(component.getComponentPropertyConfigurer())
                .isInstanceOf(StrictConfigurer.class)
                .extracting("configurer")
                .isInstanceOf(DagWasmComponentConfigurer.class);
        assertThat(component.getEndpointPropertyConfigurer())
                .isInstanceOf(StrictConfigurer.class)
                .extracting("configurer")
                .isInstanceOf(DagWasmEndpointConfigurer.class);
    }

    @Test
    void makesUrisOfOptions() throws Exception {
        String uri =
                context.getCamelContextExtension()
                        .getEndpointUriFactory("dagwasm")
                        .buildUri(
                                "dagwasm",
                                Map.of("kind", "wasm", "resource", "m.wasm", "memoryMb", "8"));

        assertThat(uri).isEqualTo("dagwasm:wasm:m.wasm?memoryMb=8");
    }

    @Test
    void describesItsOptionsToTools() throws IOException {
        String json = context.getComponentParameterJsonSchema("dagwasm");

        assertThat(json)
                .contains(
                        "\"scheme\": \"dagwasm\"",
                        "\"syntax\": \"dagwasm:kind:resource\"",
                        "\"producerOnly\": true",
                        "\"remote\": false",
                        "\"async\": true",
                        "\"memoryMb\"",
                        "\"CamelDagWasmProcessorsExecuted\"",
                        "\"CamelDagWasmMetadata\"",
                        "\"CamelDagWasmPartial\"");
    }
}
