package io.github.dagwasm.springboot;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.springboot.BootApplication.Started;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** That the component ignores no option in an application without the starter. */
class WithoutStarterIT {

    private static final String PREFIX = BootApplication.PREFIX;

    private static final String ADVICE =
            ": set, but not applied; in Spring Boot add the dependency"
                    + " io.github.dagwasm:camel-dagwasm-starter, elsewhere give it to camel-main as a"
                    + " property";

    private static Started start(
            Map<String, String> options, Map<String, String> environment, Class<?>... more) {
        Map<String, String> properties = new HashMap<>();
        properties.put(
                "spring.autoconfigure.exclude", DagWasmComponentAutoConfiguration.class.getName());
        options.forEach((key, value) -> properties.put(PREFIX + key, value));
        return BootApplication.start(properties, environment, more);
    }

    @ParameterizedTest
    @CsvSource({"module-roots,src", "moduleRoots,src", "pool-size,3"})
    void anOptionFailsTheStart(String key, String value) {
        Throwable thrown = catchThrowable(() -> start(Map.of(key, value), Map.of()));

        assertThat(thrown).rootCause().hasMessage(PREFIX + key + ADVICE);
    }

    @Test
    void allFormsOfKeysAreFound() {
        Map<String, String> options =
                Map.of(
                        "module-roots[0]", "src",
                        "memory_mb", "5",
                        "ALLOWEDGRANTS", "none",
                        "admission[module_bytes]", "7",
                        "admission.data-segments", "10",
                        "admission-ceilings.custom_sections", "10");
        Map<String, String> environment =
                Map.of(
                        "CAMEL_COMPONENT_DAGWASM_AUTHORS", "restricted",
                        "CAMEL_COMPONENT_DAGWASM_MAX_INSTANCES", "5",
                        "CAMEL_COMPONENT_DAGWASM_ADMISSION_LOCALS", "5");

        Throwable thrown = catchThrowable(() -> start(options, environment));

        assertThat(thrown)
                .rootCause()
                .hasMessage(
                        Stream.of(
                                        "admission[module_bytes]",
                                        "admission[locals]",
                                        "admission.data-segments",
                                        "admission-ceilings.custom_sections",
                                        "allowed-grants",
                                        "authors",
                                        "max-instances",
                                        "memory-mb",
                                        "module-roots[0]")
                                .map(key -> PREFIX + key)
                                .collect(joining(", ", "", ADVICE)));
    }

    @Test
    void aCustomizerOfTheApplicationMayApplyThem() {
        Map<String, String> options =
                Map.of("module-roots", "src , target", "timeout", "5s", "admission[locals]", "7");

        try (Started started = start(options, Map.of(), Customized.class)) {
            assertThat(started.component().getModuleRoots()).isEqualTo("src , target");
        }
    }

    @Test
    void withoutOptionsTheApplicationStarts() {
        try (Started started = start(Map.of(), Map.of())) {
            assertThat(started.camel().isStarted()).isTrue();
        }
    }

    /** An application that binds the options by itself. */
    static class Customized {

        @Bean
        ComponentCustomizer customizer(Environment environment) {
            return new ComponentCustomizer() {
                @Override
                public void configure(String name, Component target) {
                    Binder.get(environment)
                            .bind(
                                    "camel.component.dagwasm",
                                    Bindable.ofInstance((DagWasmComponent) target));
                }

                @Override
                public boolean isEnabled(String name, Component target) {
                    return target instanceof DagWasmComponent;
                }
            };
        }
    }
}
