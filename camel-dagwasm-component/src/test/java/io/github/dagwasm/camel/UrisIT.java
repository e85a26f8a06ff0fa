package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints are called, and what their options mean. */
class UrisIT extends EndpointFixture {

    private static final String EXPECTED =
            "; expected dagwasm:pipeline:FILE, dagwasm:wasm:MODULE or dagwasm:local:NAME";

    private Throwable refusal(String uri) {
        return catchThrowable(() -> camel.context.getEndpoint(uri));
    }

    private Throwable failureToStart(String uri) {
        route(uri);
        return catchThrowable(camel.context::start);
    }

    @Test
    void aModuleIsAnEndpoint() {
        Exchange result = sent("dagwasm:wasm:../wasm_modules/hello_world.wasm", "Camel");

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("Camel-wasm");
    }

    @Test
    void aLocalProcessorIsAnEndpoint() {
        Exchange result = sent("dagwasm:local:reverse_text", "abc");

        assertThat(result.getMessage().getBody()).isEqualTo("cba");
    }

    @Test
    void aPipelineFileIsAnEndpoint() {
        Exchange result = sent(camel.pipeline("p", CamelFixture.UPPER), "abc");

        assertThat(result.getMessage().getBody()).isEqualTo("ABC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+", " +  ", "a&b=c", "100%", "%20", "a%2Bb", "🙂", "é", "?", "#", "//", "{x}",
                "\\n", "'\""
            })
    void rawOptionsArriveByteForByte(String value) {
        String uri =
                "dagwasm:local:prefix_suffix_adder?option.prefix=RAW(%s)&option.suffix=RAW(%s)"
                        .formatted(value, value);

        Exchange result = sent(uri, "-");

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo(value + "-" + value);
    }

    @Test
    void rawOptionsOfTheYamlDslArriveByteForByte() throws Exception {
        camel.module("endless", TestModules.endlessLoop());
        String yaml =
                """
                - route:
                    from:
                      uri: direct:yaml
                      steps:
                        - to:
                            uri: dagwasm:local:prefix_suffix_adder
                            parameters:
                              option.prefix: "RAW(+ &%20 🙂 )"
                              option.suffix: "RAW( 100% )"
                              resultType: bytes
                        - doTry:
                            steps:
                              - to:
                                  uri: dagwasm:wasm:file:FOLDER/endless.wasm
                                  parameters:
                                    timeout: 200ms
                                    option.intent: transform
                            doCatch:
                              - exception: [ io.github.dagwasm.spi.ProcessorTimeoutException ]
                                steps:
                                  - setHeader: { name: caught, constant: timeout }
                """
                        .replace("FOLDER", folder.toString());

        PluginHelper.getRoutesLoader(camel.context)
                .loadRoutes(ResourceHelper.fromString("route.yaml", yaml));
        camel.context.start();
        Exchange result = camel.send("direct:yaml", "-");

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody())
                .isEqualTo("+ &%20 🙂 - 100% ".getBytes(StandardCharsets.UTF_8));
        assertThat(result.getMessage().getHeader("caught")).isEqualTo("timeout");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dagwasm:foo:bar | found 'dagwasm:foo'" + EXPECTED,
                "dagwasm:foo | found 'dagwasm:foo'" + EXPECTED,
                "dagwasm:local: | dagwasm:local: names nothing" + EXPECTED,
                "dagwasm:wasm | dagwasm:wasm: names nothing" + EXPECTED,
                "dagwasm:Local:reverse_text | found 'dagwasm:Local'" + EXPECTED,
                "dagwasm:local:prefix_suffix_adder?option.prefix=a&option.prefix=b"
                        + " | option.prefix is given 2 times; expected it once",
                "dagwasm:pipeline:p.yaml?option.prefix=a | option.prefix is an option of dagwasm:wasm: and"
                        + " dagwasm:local: only; a pipeline file says it, under options of the processor",
                "dagwasm:pipeline:p.yaml?timeout=5s | timeout is no option of dagwasm:pipeline:, but of"
                        + " dagwasm:wasm:; a pipeline file says it, as timeout_seconds",
                "dagwasm:pipeline:p.yaml?memoryMb=5 | memoryMb is no option of dagwasm:pipeline:, but of"
                        + " dagwasm:wasm:; a pipeline file says it, as limits.memory_mb",
                "dagwasm:pipeline:p.yaml?inputBytes=5 | inputBytes is no option of dagwasm:pipeline:, but of"
                        + " dagwasm:wasm: and dagwasm:local:; a pipeline file says it, as max_input_bytes",
                "dagwasm:wasm:m.wasm?timeout=0 | timeout: found 0s; expected 1ms to 1000000s, written as 500ms or 5s",
                "dagwasm:wasm:m.wasm?timeout=1000001s | timeout: found 1000001s; expected 1ms to 1000000s, written"
                        + " as 500ms or 5s",
                "dagwasm:local:reverse_text?memoryMb=5 | memoryMb is no option of dagwasm:local:, but of dagwasm:wasm:",
                "dagwasm:local:reverse_text?resultType=xml | resultType is 'xml'; expected 'string' or 'bytes'"
            })
    void aWrongUriIsRefused(String uri, String why) {
        assertThat(refusal(uri)).rootCause().hasMessage(why);
    }

    @Test
    void anUnknownUriOptionIsRefused() {
        assertThat(refusal("dagwasm:local:reverse_text?foo=1"))
                .hasMessageContaining("Unknown parameters=[{foo=1}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?memoryMb=0 | memoryMb: found 0; expected a whole number from 1 to 2047",
                "?inputBytes=-1 | inputBytes: found -1; expected a whole number from 0 to 1073741824",
                "?inputBytes=3000000000 | inputBytes: found 3000000000; expected a whole number from 0 to"
                        + " 1073741824",
                "?sha256=5f | sha256: found '5f'; expected 64 hexadecimal digits",
                "?option.intnt=analyze | option.intnt: unknown option 'intnt' (did you mean 'intent'?)"
            })
    void anOptionOutOfItsRangeFailsTheStartByItsName(String options, String fault) {
        String module = camel.module("echo", TestModules.echo());

        Throwable thrown = failureToStart(module + options);

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessage("%s: %s", module, fault);
    }

    @Test
    void aTimeoutIsCalledByItsOption() {
        String module = camel.module("endless", TestModules.endlessLoop());

        Exchange result = sent(module + "?timeout=200ms", "abc");

        assertThat(result.getException())
                .hasMessage(
                        "pipeline 'endless': processor 'endless' (%s): stopped after 0.2 s (timeout)",
                        module.substring("dagwasm:wasm:".length()));
    }

    @Test
    void moreInputThanByDefaultIsTakenWhereTheOptionSaysSo() {
        String module = camel.module("append", TestModules.append("!"));
        String body = "x".repeat((10 << 20) + 1);

        Exchange result = sent(module + "?inputBytes=20000000&outputBytes=20000000", body);

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody(String.class)).hasSize(body.length() + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.c", "ü🙂", "x--y", "a%b"})
    void aFilesNameMayHoldAlmostAnything(String name) {
        TestModule.write(folder.resolve(name + ".wasm"), TestModules.append("!"));

        Exchange result = sent("dagwasm:wasm:file:" + folder.resolve(name + ".wasm"), "abc");

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("abc!");
    }

    @Test
    void aPipelinesFileNameMayHoldBlanks() {
        Exchange result = sent(camel.pipeline("my  pipe", CamelFixture.UPPER), "abc");

        assertThat(result.getMessage().getBody()).isEqualTo("ABC");
    }

    @Test
    void resourcesAreFoundOnTheClassPathOfTheApplication() throws Exception {
        camel.module("append", TestModules.append("!"));
        camel.pipeline("p", "processors: [ { id: a, backend: wasm, module: append.wasm } ]");
        URL[] urls = {folder.toUri().toURL()};
        try (URLClassLoader application = new URLClassLoader(urls)) {
            camel.context.setApplicationContextClassLoader(application);
            camel.routes(
                    routes ->
                            routes.from("direct:in")
                                    .to("dagwasm:pipeline:classpath:p.dagwasm.yaml")
                                    .to("dagwasm:wasm:classpath:append.wasm")
                                    .to("dagwasm:wasm:append.wasm"));
            camel.context.start();

            Exchange result = camel.send("direct:in", "abc");

            assertThat(result.getMessage().getBody()).isEqualTo("abc!!!");
        }
    }

    @Test
    void anotherModuleThanThePinnedOneIsRefused() {
        String module = camel.module("echo", TestModules.echo());

        Throwable thrown = failureToStart(module + "?sha256=" + "0".repeat(64));

        assertThat(thrown).rootCause().isInstanceOf(ModuleRefusedException.class);
        assertThat(thrown).rootCause().hasMessageContaining("0".repeat(64));
    }

    @Test
    void aTemplateNeedsNoRoute() {
        camel.context.start();

        Object body = camel.template.requestBody("dagwasm:local:reverse_text", "abc");

        assertThat(body).isEqualTo("cba");
    }

    @Test
    void anEndpointMayBeChosenByTheMessage() {
        camel.routes(
                routes ->
                        routes.from("direct:in")
                                .toD("dagwasm:local:${header.name}?resultType=bytes"));
        camel.context.start();

        Exchange result =
                camel.exchange(
                        "direct:in",
                        e -> {
                            e.getMessage().setBody("abc");
                            e.getMessage().setHeader("name", "reverse_text");
                        });

        assertThat(result.getMessage().getBody()).isEqualTo(new byte[] {'c', 'b', 'a'});
    }

    @Test
    void nothingComesFromAnEndpoint() {
        camel.routes(routes -> routes.from("dagwasm:local:reverse_text").to("direct:out"));

        Throwable thrown = catchThrowable(camel.context::start);

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "dagwasm: takes messages and gives none: use it after to, not after from");
    }

    @Test
    void aSchemeThatIsNoFileIsRefused() {
        Throwable thrown = failureToStart("dagwasm:wasm:http://localhost/a.wasm");

        assertThat(thrown).rootCause().hasMessageContaining("http");
    }
}
