package io.github.dagwasm.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.camel.DagWasmComponentConfigurer;
import io.github.dagwasm.springboot.BootApplication.Latches;
import io.github.dagwasm.springboot.BootApplication.Started;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An application with the starter: options, health, and its end. */
class StarterIT {

    private static final String PREFIX = BootApplication.PREFIX;

    /** A value for each option that agrees with those of all others. */
    private static String valueOf(String option, Class<?> type) {
        if (type == Map.class) {
            return option.endsWith("Ceilings") ? "2000" : "1000";
        }
        if (type == Duration.class) {
            return option.endsWith("Ceiling") ? "1m30s" : "1s";
        }
        if (type == boolean.class) {
            return "true";
        }
        if (type != String.class) {
            return option.endsWith("Ceiling") ? "800" : "700";
        }
        return Map.of(
                        "authors", "restricted",
                        "moduleRoots", "src,target",
                        "allowedEndpointSchemes", "direct,seda",
                        "allowedEndpointOptions", "seda:size",
                        "allowedGrants", "clock",
                        "resolvableProperties", "app.name")
                .get(option);
    }

    @Test
    void everyOptionOfTheCatalogReachesTheComponent() throws Exception {
        DagWasmComponentConfigurer configurer = new DagWasmComponentConfigurer();
        Map<String, String> properties = new LinkedHashMap<>();
        Map<String, String> expected = new LinkedHashMap<>();
        new ObjectMapper()
                .readTree(
                        DagWasmComponent.class.getResource(
                                "/META-INF/io/github/dagwasm/camel/dagwasm.json"))
                .get("componentProperties")
                .fieldNames()
                .forEachRemaining(
                        option -> {
                            Class<?> type = configurer.getOptionType(option, false);
                            String value = valueOf(option, type);
                            String key = StringHelper.camelCaseToDash(option);
                            properties.put(
                                    PREFIX + key + (type == Map.class ? "[locals]" : ""), value);
                            expected.put(
                                    option,
                                    switch (value) {
                                        case "1s" -> "PT1S";
                                        case "1m30s" -> "PT1M30S";
                                        default ->
                                                type == Map.class
                                                        ? "{locals=" + value + "}"
                                                        : value;
                                    });
                        });

        try (Started started = BootApplication.start(properties)) {
            Map<String, String> actual = new LinkedHashMap<>();
            expected.keySet()
                    .forEach(
                            option ->
                                    actual.put(
                                            option,
                                            String.valueOf(
                                                    configurer.getOptionValue(
                                                            started.component(), option, false))));
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void relaxedNamesBind() {
        Map<String, String> properties =
                Map.of(
                        PREFIX + "max-instances", "3",
                        PREFIX + "poolSize", " 4 ",
                        PREFIX + "memory_mb", "5",
                        PREFIX + "CALLDEPTH", "6",
                        PREFIX + "admission[module_bytes]", "7",
                        PREFIX + "admission.locals", "8",
                        PREFIX + "admission.element_segments", "9",
                        PREFIX + "admission.data-segments", "10",
                        PREFIX + "admission.customSections", "11");

        try (Started started = BootApplication.start(properties)) {
            DagWasmComponent component = started.component();
            assertThat(component.getMaxInstances()).isEqualTo(3);
            assertThat(component.getPoolSize()).isEqualTo(4);
            assertThat(component.getMemoryMb()).isEqualTo(5);
            assertThat(component.getCallDepth()).isEqualTo(6);
            assertThat(component.getAdmission())
                    .containsOnly(
                            Map.entry("module_bytes", "7"),
                            Map.entry("locals", "8"),
                            Map.entry("element_segments", "9"),
                            Map.entry("data_segments", "10"),
                            Map.entry("custom_sections", "11"));
        }
    }

    @Test
    void variablesOfTheEnvironmentBind() {
        Map<String, String> environment =
                Map.of(
                        "CAMEL_COMPONENT_DAGWASM_MODULE_ROOTS", "src",
                        "CAMEL_COMPONENT_DAGWASM_POOLSIZE", "3",
                        "CAMEL_COMPONENT_DAGWASM_ADMISSION_MODULE_BYTES", "5");

        try (Started started = BootApplication.start(Map.of(), environment)) {
            assertThat(started.component().getModuleRoots()).isEqualTo("src");
            assertThat(started.component().getPoolSize()).isEqualTo(3);
            assertThat(started.component().getAdmission())
                    .containsExactly(Map.entry("module_bytes", "5"));
        }
    }

    @Test
    void listsAndPlaceholdersBind() {
        Map<String, String> properties =
                Map.of(
                        PREFIX + "module-roots[0]",
                        "src",
                        PREFIX + "module-roots[1]",
                        "${where}",
                        PREFIX + "allowed-grants",
                        "clock , random",
                        PREFIX + "pool-size",
                        "{{many}}",
                        "where",
                        "target",
                        "many",
                        "4");

        try (Started started = BootApplication.start(properties)) {
            assertThat(started.component().getModuleRoots()).isEqualTo("src,target");
            assertThat(started.component().getAllowedGrants()).isEqualTo("clock,random");
            assertThat(started.component().getPoolSize()).isEqualTo(4);
        }
    }

    @Test
    void aKeyThatIsNotKnownFailsTheStart() {
        Throwable thrown =
                catchThrowable(() -> BootApplication.start(Map.of(PREFIX + "pool-siz", "5")));

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(
                        PREFIX + "pool-siz: there is no such option (did you mean 'pool-size'?)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pool-size=0 | pool-size must be >= 1, but is 0",
                "memoryMb=65&memory-mb-ceiling=64 | memoryMb: found 65; expected at most 64, which"
                        + " memoryMbCeiling says"
            })
    void aValueThatTheComponentRefusesFailsTheStart(String options, String why) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String option : options.split("&", -1)) {
            String[] parts = option.split("=", 2);
            properties.put(PREFIX + parts[0], parts[1]);
        }

        Throwable thrown = catchThrowable(() -> BootApplication.start(properties));

        FailureAnalysis analysis = new InvalidOptionFailureAnalyzer().analyze(thrown);
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo(PREFIX + why);
    }

    @Test
    void theComponentRefusesOptionsOfAStarterThatIsSwitchedOff() {
        Map<String, String> properties =
                Map.of(PREFIX + "enabled", "false", PREFIX + "module-roots", "src");

        Throwable thrown = catchThrowable(() -> BootApplication.start(properties));

        assertThat(thrown)
                .rootCause()
                .hasMessageStartingWith(PREFIX + "module-roots: set, but not applied; ");
    }

    @Test
    void theHealthOfTheComponentIsInCamelsRegistry() {
        try (Started started = BootApplication.start(Map.of())) {
            assertThat(HealthCheckHelper.invokeReadiness(started.camel(), "full"))
                    .filteredOn(result -> result.getCheck().getId().equals("dagwasm"))
                    .extracting(HealthCheck.Result::getState)
                    .containsExactly(HealthCheck.State.UP);
        }
    }

    @Test
    void anApplicationThatClosesAnswersTheMessageUnderWay() throws Exception {
        Started started = BootApplication.start(Map.of());
        CamelContext camel = started.camel();
        Latches latches = started.context().getBean(Latches.class);
        ProducerTemplate template = started.context().getBean(ProducerTemplate.class);
        CompletableFuture<Object> answer = template.asyncRequestBody("direct:in", "Ann");
        latches.running().await();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(started::close);
        while (camel.getStatus() == ServiceStatus.Started) {
            Thread.onSpinWait();
        }
        boolean answered = answer.isDone();
        latches.release().countDown();

        closed.get(10, TimeUnit.MINUTES);
        assertThat(answered).isFalse();
        assertThat(answer.get(10, TimeUnit.MINUTES)).isEqualTo("waited");
        assertThat(camel.getStatus()).isEqualTo(ServiceStatus.Stopped);
    }
}
