package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Camel makes of a URI before the component sees it, as the component's page says. */
class UriPitfallsIT extends EndpointFixture {

    private static final String PREFIX = "dagwasm:local:prefix_suffix_adder?option.prefix=";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"a+b|a b", "%2B| ", "a%20b|a b", "a b |a b"})
    void withoutRawAValueIsNotWhatIsWritten(String written, String value) {
        Exchange result = sent(PREFIX + written, "-");

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo(value + "-");
    }

    @Test
    void withoutRawAValueEndsAtAnAmpersand() {
        Throwable thrown = catchThrowable(() -> camel.context.getEndpoint(PREFIX + "a&b=c"));

        assertThat(thrown).hasMessageContaining("Unknown parameters=[{b=c}]");
    }

    @Test
    void withoutRawYamlParametersAreNotWhatIsWrittenEither() throws Exception {
        String yaml =
                """
                - from:
                    uri: direct:in
                    steps:
                      - to:
                          uri: dagwasm:local:prefix_suffix_adder
                          parameters:
                            option.prefix: RAW(.)
                            option.suffix: "a+b "
                """;
        PluginHelper.getRoutesLoader(camel.context)
                .loadRoutes(ResourceHelper.fromString("route.camel.yaml", yaml));
        camel.context.start();

        Exchange result = camel.send("direct:in", "-");

        assertThat(result.getMessage().getBody()).isEqualTo(".-a b");
    }

    @Test
    void placeholdersAreResolvedWithinRawToo() {
        Properties properties = new Properties();
        properties.setProperty("sign", "+");
        camel.context.getPropertiesComponent().setInitialProperties(properties);

        Exchange result = sent(PREFIX + "RAW({{sign}} )", "-");

        assertThat(result.getMessage().getBody()).isEqualTo("+ -");
    }

    @Test
    void aPlaceholderWithoutAValueFailsWithinRawToo() {
        Throwable thrown = catchThrowable(() -> camel.context.getEndpoint(PREFIX + "RAW({{no}})"));

        assertThat(thrown).hasMessageContaining("Property with key [no] not found");
    }

    /** Nobody may take the URI as written for the place that is looked at. */
    @Test
    void aFolderAboveMayBeSpeltWithPercentSigns() throws Exception {
        Path below = Files.createDirectory(folder.resolve("below"));
        TestModule.write(folder.resolve("bang.wasm"), TestModules.append("!"));

        Exchange result = sent("dagwasm:wasm:file:" + below + "/%2e%2e/bang.wasm", "abc");

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("abc!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local:reverse_text", "wasm:file:FOLDER/echo.wasm"})
    void aBodyOverTheLimitNamesTheOptionOfTheUri(String kind) {
        camel.module("echo", TestModules.echo());

        Exchange result =
                sent("dagwasm:" + kind.replace("FOLDER", "" + folder) + "?inputBytes=3", "abcd");

        assertThat(result.getException(LimitExceededException.class))
                .satisfies(e -> assertThat(e.value()).isEqualTo(3))
                .satisfies(e -> assertThat(e.option()).isEqualTo("inputBytes"));
    }

    /** The string itself is the text, whatever it would be in the exchange's charset. */
    @Test
    void aStringIsNeverWrittenInTheExchangesCharset() {
        String module = camel.module("bang", TestModules.append("!"));
        camel.routes(routes -> routes.from("direct:in").to(module));
        camel.context.start();

        Exchange result =
                camel.exchange(
                        "direct:in",
                        e -> {
                            e.setProperty(ExchangePropertyKey.CHARSET_NAME, "US-ASCII");
                            e.getMessage().setHeader(Exchange.CHARSET_NAME, "US-ASCII");
                            e.getMessage().setBody("hé🙂");
                        });

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("hé🙂!");
    }
}
