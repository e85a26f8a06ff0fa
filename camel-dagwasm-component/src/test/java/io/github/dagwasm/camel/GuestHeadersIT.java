package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.CamelGuests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.HashMapHeadersMapFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What guests are shown of a message's headers, and what becomes of those that they set. */
class GuestHeadersIT extends EndpointFixture {

    private static final Path TRANSFORM = Path.of("../wasm_modules/camel_transform.wasm");

    private Exchange sent(String uri, Map<String, Object> headers) {
        route(uri);
        camel.context.start();
        return camel.exchange(
                "direct:in",
                exchange -> {
                    exchange.getMessage().setBody("body");
                    exchange.getMessage().setHeaders(new HashMap<>(headers));
                });
    }

    private static Map<String, Object> headers(Exchange exchange) {
        Map<String, Object> headers = new HashMap<>(exchange.getMessage().getHeaders());
        headers.keySet().removeIf(name -> name.startsWith("CamelDagWasm"));
        return headers;
    }

    private String answering(String headers) {
        return camel.module(
                "guest", CamelGuests.answering(CamelGuests.envelope(headers, "answer")));
    }

    @Test
    void aGuestIsShownOnlyTheHeadersOfItsListAndOnlyPlainValues() {
        String echo = camel.module("echo", CamelGuests.echo());
        String uri = echo + "?option.answer=text&option.headers=tenant,Count,yes,bytes,absent,list";
        Map<String, Object> incoming = new HashMap<>();
        incoming.put("TENANT", "acme");
        incoming.put("count", 7);
        incoming.put("yes", true);
        incoming.put("bytes", new byte[] {1});
        incoming.put("list", List.of("a"));
        incoming.put("secret", "s");
        incoming.put("CamelFileName", "/etc/passwd");
        incoming.put("dagwasm.x.y", "forged");

        Exchange result = sent(uri, incoming);

        assertThat(result.getMessage().getBody())
                .isEqualTo(
                        "{\"headers\":{\"Count\":\"7\",\"tenant\":\"acme\",\"yes\":\"true\"},"
                                + "\"body\":\"Ym9keQ==\"}");
        incoming.remove("dagwasm.x.y");
        assertThat(headers(result)).containsExactlyInAnyOrderEntriesOf(incoming);
    }

    @Test
    void aGuestSetsHeadersButReplacesOnlyWhatItIsShown() {
        String uri = answering("{\"new\":\"1\",\"SHOWN\":\"2\",\"kept\":\"3\"}");

        Exchange result =
                sent(uri + "?option.headers=shown", Map.of("Shown", "before", "kept", "before"));

        assertThat(result.getMessage().getBody()).isEqualTo("answer");
        assertThat(headers(result))
                .containsOnly(entry("new", "1"), entry("Shown", "2"), entry("kept", "before"));
    }

    @Test
    void aHeaderThatComesBackAsItWasKeepsItsClass() {
        Exchange result =
                sent(answering("{\"count\":\"7\"}") + "?option.headers=count", Map.of("count", 7));

        assertThat(headers(result)).containsOnly(entry("count", 7));
    }

    @Test
    void namesAreComparedWithoutCaseInAnyMapOfHeaders() {
        camel.context
                .getCamelContextExtension()
                .setHeadersMapFactory(new HashMapHeadersMapFactory());

        Exchange result =
                sent(
                        answering("{\"tenant\":\"2\",\"kept\":\"3\"}") + "?option.headers=tenant",
                        Map.of("TENANT", "1", "Kept", "1"));

        assertThat(headers(result)).containsOnly(entry("TENANT", "2"), entry("Kept", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "CamelFileName, Camel",
        "camelfilename, Camel",
        "CamelHttpUri, Camel",
        "dagwasm.x, dagwasm.",
        "JMSReplyTo, JMS",
        "kafka.OVERRIDE_TOPIC, kafka.",
    })
    void aGuestThatSetsWhatSteersFailsAndTheMessageIsAsItWas(String name, String start) {
        Exchange result =
                sent(answering("{\"new\":\"1\",\"" + name + "\":\"x\"}"), Map.of("a", "b"));

        assertThat(result.getException()).isInstanceOf(RunFailedException.class);
        assertThat(result.getException().getCause())
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(
                        "the guest set the header '"
                                + name
                                + "': no processor sets anything whose name begins with "
                                + start);
        assertThat(result.getMessage().getBody()).isEqualTo("body");
        assertThat(headers(result)).containsOnly(entry("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CamelFileName", "camelfilename", "CAMEL", "dagwasm.x", "DagWasm.X"})
    void aListOfHeadersWithOneThatIsNeverShownIsAFault(String name) {
        route(camel.module("echo", CamelGuests.echo()) + "?option.headers=ok," + name);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(camel.context::start))
                .rootCause()
                .hasMessageContaining(
                        "option.headers: '"
                                + name
                                + "': nothing whose name begins with "
                                + (name.charAt(0) == 'd' || name.charAt(0) == 'D'
                                        ? "dagwasm."
                                        : "Camel")
                                + " is shown to a processor");
    }

    @Test
    void aHeaderThatIsTooLongToBeShownFailsTheExchange() {
        String uri = camel.module("echo", CamelGuests.echo()) + "?option.headers=long";

        Exchange result = sent(uri, Map.of("long", "x".repeat(8193)));

        assertThat(result.getException())
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the header 'long': the limit of 8192 header characters is exceeded: 8193"
                                + " asked for (option none, it is fixed; shorten the header before,"
                                + " or leave it out of options.headers)");
    }

    @Test
    void theLastProcessorOfTheFileWinsAndEachIsShownItsOwnHeaders() {
        camel.module("echo", CamelGuests.echo());
        camel.module("one", CamelGuests.answering(CamelGuests.envelope("{\"x\":\"1\"}", "1")));
        camel.module("two", CamelGuests.answering(CamelGuests.envelope("{\"X\":\"2\"}", "2")));
        String pipeline =
                camel.pipeline(
                        "dag",
                        """
                        processors:
                          - { id: two, backend: wasm, module: two.wasm, depends_on: [one] }
                          - { id: one, backend: wasm, module: one.wasm, options: { headers: [a] } }
                          - { id: shown, backend: wasm, module: echo.wasm, depends_on: [two],
                              options: { answer: text, headers: [b] } }
                        """);

        Exchange result = sent(pipeline, Map.of("a", "1", "b", "2"));

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody())
                .isEqualTo("{\"headers\":{\"b\":\"2\"},\"body\":\"Mg==\"}");
        assertThat(headers(result)).containsOnly(entry("a", "1"), entry("b", "2"), entry("X", "1"));
    }

    @Test
    void aPartialRunSetsTheHeadersOfWhatSucceededAndAFailedOneNone() {
        camel.module("ok", CamelGuests.answering(CamelGuests.envelope("{\"x\":\"1\"}", "1")));
        camel.module("bad", CamelGuests.answering("no envelope"));
        String processors =
                """
                processors:
                  - { id: ok, backend: wasm, module: ok.wasm }
                  - { id: bad, backend: wasm, module: bad.wasm, depends_on: [ok] }
                """;
        String partial = camel.pipeline("p", "failure_strategy: best_effort\n" + processors);
        String failed = camel.pipeline("f", processors);
        camel.routes(routes -> routes.from("direct:failed").to(failed));

        assertThat(headers(sent(partial, Map.of()))).containsOnly(entry("x", "1"));
        assertThat(headers(camel.send("direct:failed", "x"))).isEmpty();
    }

    @Test
    void aRedeliveryShowsTheHeadersAsTheyCame() {
        List<String> shown = new ArrayList<>();
        TextProcessor failing =
                new TextProcessor() {
                    @Override
                    public java.util.Set<String> attributes() {
                        return java.util.Set.of("tenant");
                    }

                    @Override
                    public ProcessorResult process(io.github.dagwasm.spi.ProcessorCall call) {
                        shown.add(call.attributes().toString());
                        if (shown.size() < 3) {
                            throw new IllegalStateException("not yet");
                        }
                        return new ProcessorResult(
                                call.text(), Map.of(), Map.of("tenant", "other"));
                    }
                };
        camel.context.getRegistry().bind("failing", TextProcessor.class, failing);
        camel.module("set", CamelGuests.answering(CamelGuests.envelope("{\"tenant\":\"g\"}", "x")));
        String pipeline =
                camel.pipeline(
                        "retried",
                        """
                        processors:
                          - { id: set, backend: wasm, module: set.wasm, options: { headers: [tenant] } }
                          - { id: failing, backend: local, impl: failing, depends_on: [set] }
                        """);
        camel.routes(
                routes ->
                        routes.from("direct:in")
                                .errorHandler(
                                        routes.defaultErrorHandler()
                                                .maximumRedeliveries(3)
                                                .redeliveryDelay(0))
                                .to(pipeline));
        camel.context.start();

        Exchange result =
                camel.exchange(
                        "direct:in", exchange -> exchange.getMessage().setHeader("tenant", "acme"));

        assertThat(result.getException()).isNull();
        assertThat(shown).containsExactly("{tenant=acme}", "{tenant=acme}", "{tenant=acme}");
        assertThat(result.getMessage().getHeader("tenant")).isEqualTo("other");
    }

    @Test
    void aJavaProcessorCannotSetWhatSteersEither() {
        TextProcessor bean =
                call -> new ProcessorResult(call.text(), Map.of(), Map.of("CamelFileName", "x"));
        camel.context.getRegistry().bind("bean", TextProcessor.class, bean);

        Exchange result = sent("dagwasm:local:bean", Map.of());

        assertThat(result.getException().getCause())
                .hasMessage(
                        "it handed on the attribute 'CamelFileName': no processor sets anything"
                                + " whose name begins with Camel");
    }

    @Test
    void theFunctionOfCamelsDocumentationRunsAsItIs() {
        String uri = "dagwasm:wasm:file:" + TRANSFORM.toAbsolutePath().normalize();

        Exchange result = sent(uri + "?option.headers=tenant", Map.of("tenant", "a\"ü", "b", "c"));

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("BODY");
        assertThat(headers(result)).containsOnly(entry("tenant", "a\"ü"), entry("b", "c"));
        assertThat(camel.send("direct:in", "grüße 🌍 ß").getMessage().getBody())
                .isEqualTo("GRÜSSE 🌍 SS");
        assertThat(camel.send("direct:in", null).getMessage().getBody()).isEqualTo("");
        assertThat(camel.send("direct:in", "x".repeat(1 << 20)).getMessage().getBody())
                .isEqualTo("X".repeat(1 << 20));
    }
}
