package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which endpoints have a scheme that is allowed. */
class EndpointSchemesTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final EndpointSchemes schemes = EndpointSchemes.of("direct, file,seda");

    @BeforeEach
    void setProperties() {
        Properties properties = new Properties();
        properties.setProperty("whole", "log:out?level=OFF");
        properties.setProperty("scheme", "log");
        properties.setProperty("good", "file:inbox");
        properties.setProperty("twice", "{{whole}}");
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:inbox",
                "file://inbox",
                "file:///inbox?delete=true",
                "direct:a?x=log:y",
                "{{good}}",
                "{{good}}/log:x",
                "{{none:seda:x}}",
                "seda:{{scheme}}:x",
                "direct:a b@c%2f"
            })
    void anAllowedSchemeIsNoProblem(String uri) {
        assertThat(schemes.problem(context, new EndpointUri(uri))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "log:x,log",
        "log://file:x,log",
        "File:inbox,File",
        "FILE:inbox,FILE",
        "files:x,files",
        "fil:e,fil",
        "file-watch:x,file-watch",
        "ref:file,ref",
        "dagwasm:local:x,dagwasm",
        "{{whole}},log",
        "{{twice}},log",
        "{{scheme}}:file:x,log",
        "{{none:log:file}},log",
        "{{sys:no.such:log:x}},log",
        "file?x:y,file?x",
        "?file:x,?file",
        "inbox,''",
        "toD:file:x,toD"
    })
    void anotherSchemeIsNamedAsCamelFindsIt(String uri, String scheme) {
        assertThat(schemes.problem(context, new EndpointUri(uri)))
                .contains(
                        "scheme '"
                                + scheme
                                + "' is not allowed; expected direct, file, seda (component option"
                                + " allowedEndpointSchemes)");
    }

    @Test
    void whatIsNoUriIsNotAllowed() {
        assertThatThrownBy(() -> schemes.problem(context, new EndpointUri("{{nowhere}}")))
                .isInstanceOf(ResolveEndpointFailedException.class);
        assertThatThrownBy(() -> schemes.problem(context, new EndpointUri("$simple{file}:x")))
                .isInstanceOf(ResolveEndpointFailedException.class);
    }

    @Test
    void withoutTheOptionAllAreAllowed() {
        assertThat(EndpointSchemes.ALL.problem(context, new EndpointUri("exec:rm"))).isEmpty();
        assertThat(EndpointSchemes.ALL).hasToString("all");
    }

    @ParameterizedTest
    @CsvSource({"file:,file:", "'file,,seda',''", "'file,*',*", "'a b',a b"})
    void aListOfSomethingElseIsRefused(String list, String part) {
        assertThatThrownBy(() -> EndpointSchemes.of(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "allowedEndpointSchemes: '"
                                + part
                                + "' is no scheme; expected one such as file");
    }

    @Test
    void anEmptyListAllowsNotAll() {
        assertThatThrownBy(() -> EndpointSchemes.of(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "allowedEndpointSchemes: names no scheme; leave the option out to allow all");
    }
}
