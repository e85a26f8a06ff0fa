package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.pipeline.PropertyFunctions;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import org.apache.camel.component.properties.DefaultPropertiesFunctionResolver;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Placeholders that call functions, in a Camel context. */
class PropertyFunctionsIT extends AuthorFixture {

    private static final String SERVICES =
            "META-INF/services/org/apache/camel/properties-function/";

    /** What {@code {{bean:prices.today}}} calls. */
    public static final class Prices {

        /** A price. */
        public String today() {
            return "42";
        }
    }

    private String refused(String prefix) throws Exception {
        camel.context.start();
        String pipeline = camel.pipeline("ask", pipeline(prefix));
        Throwable thrown =
                catchThrowable(() -> camel.context.getEndpoint(pipeline).createProducer().start());
        return thrown.getMessage().replace(folder + "/", "");
    }

    private static String pipeline(String prefix) {
        return """
        processors:
          - id: ask
            backend: local
            impl: prefix_suffix_adder
            resolve: true
            options: { prefix: "%s" }
        """
                .formatted(prefix);
    }

    private Object answered(String prefix) {
        return sent(camel.pipeline("ask", pipeline(prefix)), "x").getMessage().getBody();
    }

    @ParameterizedTest
    @CsvSource({
        "{{env:DAGWASM_NONE:dev}},          dev",
        "{{sys:dagwasm.none:xx}},           xx",
        "{{env:two:dev}},                   dev",
        "{{two}}{{none:x}},                 2x",
        "{{bean:prices.today}},             42",
        "{{upper:a:b}},                     A:B",
        "{{service:nonesuch:host:80}},      host:80"
    })
    void aPlaceholderStandsForItsValue(String written, String value) {
        Properties properties = new Properties();
        properties.setProperty("two", "2");
        camel.context.getPropertiesComponent().setInitialProperties(properties);
        camel.context.getRegistry().bind("prices", new Prices());
        camel.context.getPropertiesComponent().addPropertiesFunction(new Upper());

        assertThat(answered(written)).isEqualTo(value + "x");
    }

    @Test
    void variablesAndPropertiesOfTheJvmAreThoseOfTheProcess() {
        assertThat(answered("{{env:path}}{{sys:file.encoding:x}}"))
                .isEqualTo(System.getenv("PATH") + System.getProperty("file.encoding") + "x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{aws:db/user:sa}} | the placeholder {{aws:db/user:sa}} calls Camel's function 'aws', which is not available here; expected a key, env:NAME or sys:NAME",
                "{{bean:nonesuch}}  | no value for the placeholder {{bean:nonesuch}}",
                "{{bean:prices.x}}  | no value for the placeholder {{bean:prices.x}}",
                "{{?two}}           | the placeholder {{?two}} has '?' before its key; expected {{key}} or {{key:default}}"
            })
    void aPlaceholderWithoutAValueIsRefusedAtItsPlace(String written, String problem)
            throws Exception {
        camel.context.getRegistry().bind("prices", new Prices());

        assertThat(refused(written))
                .isEqualTo("ask.dagwasm.yaml:6:24: processors[0].options.prefix: " + problem);
    }

    @Test
    void theNamesOfAllFunctionsOnTheClassPathAreKnown() throws Exception {
        DefaultPropertiesFunctionResolver resolver = new DefaultPropertiesFunctionResolver();
        resolver.setCamelContext(camel.context);
        resolver.init();
        Set<String> names = new HashSet<>(resolver.getFunctions().keySet());
        names.addAll(services());
        names.removeAll(List.of("env", "sys"));

        assertThat(names).contains("service.host", "bean");
        assertThat(PropertyFunctions.OF_CAMEL).containsAll(names);
    }

    /** Functions of components; one of Camel's own tests is none of a pipeline file's. */
    private static List<String> services() throws IOException {
        List<String> names = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.matches(".*camel-[^/]*\\.jar")) {
                continue;
            }
            try (JarFile jar = new JarFile(entry)) {
                jar.stream()
                        .map(Object::toString)
                        .filter(name -> name.startsWith(SERVICES) && !name.equals(SERVICES))
                        .forEach(name -> names.add(name.substring(SERVICES.length())));
            }
        }
        return names;
    }

    /** A function of the application's own. */
    private static final class Upper implements PropertiesFunction {

        @Override
        public String getName() {
            return "upper";
        }

        @Override
        public String apply(String remainder) {
            return remainder.toUpperCase(Locale.ROOT);
        }
    }
}
