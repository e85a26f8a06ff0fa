package io.github.dagwasm.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.camel.DagWasmComponent;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Conversion of values, and the sentences for those that the component refuses. */
class OptionValuesTest {

    private static final String PREFIX = "camel.component.dagwasm.";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final StandardEnvironment environment = new StandardEnvironment();

    @AfterEach
    void close() throws IOException {
        context.close();
    }

    private void apply(Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource("file", properties));
        OptionKeys keys = new OptionKeys(environment);
        DagWasmComponentConfiguration configuration =
                Binder.get(environment)
                        .bindOrCreate(
                                "camel.component.dagwasm", DagWasmComponentConfiguration.class);
        new OptionCustomizer(environment, keys, configuration)
                .configure("dagwasm", context.getComponent("dagwasm"));
        new ComponentStart(keys).beforeApplicationStart(context);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pool-size=0 | pool-size must be >= 1, but is 0",
                "poolSize=many | poolSize: expected a whole number up to 2147483647, without a unit",
                "memory-mb-ceiling=4294967360 | memory-mb-ceiling: expected a whole number up to"
                        + " 2147483647, without a unit",
                "fuel=much | fuel: expected a whole number up to 9223372036854775807, without a unit",
                "allow-remote-modules=yes | allow-remote-modules: expected true or false",
                "timeoutCeiling=soon | timeoutCeiling: expected a duration such as 5s",
                "timeoutCeiling=#bean:soon | timeoutCeiling: expected a duration such as 5s",
                "authors=some | authors: found 'some'; expected trusted or restricted",
                "maxInstances=0 | maxInstances: found 0; expected at least 1",
                "admission.modul-bytes=5 | admission[modul-bytes]: there is no such key (did you mean"
                        + " 'module_bytes'?)",
                "admission[module_bytes]=5&admission.module-bytes=6 | admission[module_bytes]: is set"
                        + " twice, in two forms of its key",
                "allowedGrants=clock,files | allowedGrants: found 'files'; expected some of clock,"
                        + " random, or none",
                "module-roots= | module-roots: a folder is missing; leave the option out to allow all"
                        + " folders"
            })
    void areRefusedByTheirKeys(String options, String why) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String option : options.split("&", -1)) {
            String[] parts = option.split("=", 2);
            properties.put(PREFIX + parts[0], parts[1]);
        }

        Throwable thrown = catchThrowable(() -> apply(properties));

        assertThat(thrown).isInstanceOf(InvalidOptionException.class).hasMessage(PREFIX + why);
    }

    @Test
    void mayHaveBlanksAroundThem() {
        apply(
                Map.of(
                        PREFIX + "pool-size", " 3 ",
                        PREFIX + "fuel", "4 ",
                        PREFIX + "timeout", " 5s ",
                        PREFIX + "allow-remote-modules", " TRUE ",
                        PREFIX + "admission[locals]", " 7 "));

        DagWasmComponent component = context.getComponent("dagwasm", DagWasmComponent.class);
        assertThat(component.getPoolSize()).isEqualTo(3);
        assertThat(component.getFuel()).isEqualTo(4);
        assertThat(component.getTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(component.isAllowRemoteModules()).isTrue();
        assertThat(component.getAdmission()).containsExactly(Map.entry("locals", "7"));
    }

    @Test
    void aComponentOfAnotherNameKeepsItsOptions() {
        OptionCustomizer customizer =
                new OptionCustomizer(
                        environment,
                        new OptionKeys(environment),
                        new DagWasmComponentConfiguration());

        assertThat(customizer.isEnabled("dagwasm", new DagWasmComponent())).isTrue();
        assertThat(customizer.isEnabled("strict", new DagWasmComponent())).isFalse();
    }
}
