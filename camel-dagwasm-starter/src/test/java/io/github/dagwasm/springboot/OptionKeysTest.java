package io.github.dagwasm.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Which keys there are below {@code camel.component.dagwasm}. */
class OptionKeysTest {

    private static Throwable refusal(PropertySource<?> source) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addLast(source);
        return catchThrowable(() -> new OptionKeys(environment).requireKnown());
    }

    private static PropertySource<?> file(String key) {
        return new MapPropertySource("file", Map.of(key, "hunter2"));
    }

    private static PropertySource<?> variable(String name) {
        return new SystemEnvironmentPropertySource(
                "test-systemEnvironment", Map.of(name, "hunter2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool-size",
                "poolSize",
                "pool_size",
                "moduleRoots",
                "module-roots[0]",
                "admission[module_bytes]",
                "admission.any",
                "enabled",
                "customizer.enabled"
            })
    void theCatalogsAreKnown(String name) {
        assertThat(refusal(file("camel.component.dagwasm." + name))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POOL_SIZE",
                "POOLSIZE",
                "MODULE_ROOTS_0_",
                "ADMISSION_MODULE_BYTES",
                "ADMISSIONCEILINGS_LOCALS",
                "CUSTOMIZER_ENABLED"
            })
    void theCatalogsAreKnownInTheEnvironment(String name) {
        assertThat(refusal(variable("CAMEL_COMPONENT_DAGWASM_" + name))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "module-root | there is no such option (did you mean 'module-roots'?)",
                "pool-siz | there is no such option (did you mean 'pool-size'?)",
                "poolsizes | there is no such option (did you mean 'pool-size'?)",
                "pool.size | there is no such option (did you mean 'pool-size'?)",
                "weather | there is no such option",
                "customizer.enabld | there is no such option",
                "pool-size.most | expected poolSize",
                "pool-size[0] | expected poolSize",
                "module-roots.first | expected moduleRoots or moduleRoots[INDEX]",
                "admission | expected admission[KEY]"
            })
    void othersAreRefused(String name, String why) {
        String key = "camel.component.dagwasm." + name;

        assertThat(refusal(file(key)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(key + ": " + why);
    }

    @Test
    void othersOfTheEnvironmentAreRefused() {
        assertThat(refusal(variable("CAMEL_COMPONENT_DAGWASM_POOL_SIZ")))
                .hasMessage(
                        "CAMEL_COMPONENT_DAGWASM_POOL_SIZ: there is no such option (did you mean"
                                + " 'pool-size'?)");
    }

    @Test
    void otherComponentsAreNoneOfItsBusiness() {
        assertThat(refusal(file("camel.component.dagwasms.pool-siz"))).isNull();
    }
}
