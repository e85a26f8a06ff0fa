package io.github.dagwasm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.camel.util.IOHelper;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables are found by the spellings that Camel knows. */
class EnvironmentTest {

    private static final String LETTERS = "abcXYZ019._-";

    private static List<String> namesOfCamel(String key) {
        return List.of(
                key.toUpperCase(Locale.ROOT),
                IOHelper.normalizeEnvironmentVariable(key),
                IOHelper.normalizeEnvironmentVariable(StringHelper.camelCaseToDash(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STAGE", "stage", "app.dbHost", "my-app", "HTTPPort", "aBCd", "a_B"})
    void asksForTheNamesThatCamelAsksFor(String key) {
        assertThat(Environment.names(key)).isEqualTo(namesOfCamel(key));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void asksForTheNamesThatCamelAsksForWhateverTheKey(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder key = new StringBuilder();
            for (int n = 1 + random.nextInt(8); n > 0; n--) {
                key.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            assertThat(Environment.names(key.toString())).isEqualTo(namesOfCamel(key.toString()));
        }
    }

    private static Stream<String> variables() {
        return System.getenv().keySet().stream().filter(name -> name.matches("[A-Za-z0-9_]+"));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void findsWhatCamelFinds(String name) {
        for (String key : List.of(name, name.toLowerCase(Locale.ROOT), name.replace('_', '.'))) {
            assertThat(Environment.variable(key))
                    .isEqualTo(Optional.ofNullable(IOHelper.lookupEnvironmentVariable(key)));
        }
    }

    @Test
    void aVariableThatIsNotSetHasNoValue() {
        assertThat(Environment.variable("dagwasm.nonesuch")).isEmpty();
    }
}
