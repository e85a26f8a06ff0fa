package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.CamelGuests.answering;
import static io.github.dagwasm.wasm.CamelGuests.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.spi.PlainCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest is shown of a message's headers, and what it may make of them. */
class CamelHeadersTest {

    @TempDir Path folder;

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    private TextProcessor processor(byte[] module) {
        return processor(module, Map.of());
    }

    private TextProcessor processor(byte[] module, Map<String, Object> options) {
        return processor(module, Map.of(), options);
    }

    private TextProcessor processor(
            byte[] module, Map<String, Object> keys, Map<String, Object> options) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        return (TextProcessor) backend.create(definition(file, keys, options, Map.of()));
    }

    private static void assertFails(TextProcessor processor, String message) {
        assertThatThrownBy(() -> processor.process(with("text")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(message);
    }

    @Test
    void theGuestIsShownItsOwnHeadersAndNoOthers() throws Exception {
        TextProcessor processor =
                processor(
                        CamelGuests.echo(),
                        Map.of("answer", "text", "headers", List.of("tenant", "absent", "ü")));
        Map<String, String> all = Map.of("tenant", "a\"b\n", "secret", "s", "ü", "ÿ");

        ProcessorResult result = processor.process(new PlainCall(Text.of("x"), all));

        assertThat(result.text().string())
                .isEqualTo(
                        "{\"headers\":{\"tenant\":\"a\\\"b\\n\",\"ü\":\"ÿ\"},\"body\":\"eA==\"}");
        assertThat(processor.attributes()).containsExactly("tenant", "absent", "ü");
    }

    @Test
    void headersOfTheAnswerAreHandedOn() throws Exception {
        String headers =
                "{\"a\":\"1\",\"B.b_b-b\":\"two\",\"n\":1.50,\"t\":true,\"none\":null,\"9\":\"\"}";

        ProcessorResult result =
                processor(answering(envelope(headers, "body"))).process(with("text"));

        assertThat(result.text().string()).isEqualTo("body");
        assertThat(result.attributes())
                .containsExactly(
                        entry("a", "1"),
                        entry("B.b_b-b", "two"),
                        entry("n", "1.50"),
                        entry("t", "true"),
                        entry("9", ""));
    }

    @Test
    void aHeaderThatComesBackAsItWasShownIsNoChange() throws Exception {
        Map<String, Object> options = Map.of("headers", List.of("JMSType", "Tenant", "long"));
        Map<String, String> shown =
                Map.of("JMSType", "order", "Tenant", "a\n", "long", "x".repeat(8192));
        String headers =
                "{\"jmstype\":\"order\",\"tenant\":\"a\\n\",\"long\":\""
                        + "x".repeat(8192)
                        + "\",\"new\":\"1\"}";

        ProcessorResult result =
                processor(answering(envelope(headers, "")), options)
                        .process(new PlainCall(Text.of("x"), shown));

        assertThat(result.attributes()).containsExactly(entry("new", "1"));
    }

    @Test
    void noHeaderForgesALine() throws Exception {
        String headers = "{\"a\":\"1\\r\\nX-Admin: 1\\u001b\\u2028\\u202e\\ud800\\\\\"}";

        ProcessorResult result = processor(answering(envelope(headers, ""))).process(with("x"));

        assertThat(result.attributes())
                .containsExactly(
                        entry(
                                "a",
                                "1\\u{d}\\u{a}X-Admin: 1\\u{1b}\\u{2028}\\u{202e}\\u{d800}\\\\"));
    }

    @ParameterizedTest
    @CsvSource({
        "CamelFileName, Camel",
        "camelfilename, Camel",
        "CAMELHTTPURI, Camel",
        "org.apache.camel.x, org.apache.camel",
        "dagwasm.x, dagwasm.",
        "DagWasm.count.n, dagwasm.",
        "JMSReplyTo, JMS",
        "jmsreplyto, JMS",
        "kafka.TOPIC, kafka.",
        "dagwasm_DOT_count_DOT_n, dagwasm.",
        "DAGWASM_dot_x, dagwasm.",
        "org_DOT_apache_DOT_camel_DOT_x, org.apache.camel",
        "org.apache_DOT_camel, org.apache.camel",
        "kafka_DOT_TOPIC, kafka.",
    })
    void aHeaderThatSteersSomethingIsTheGuestsFailure(String name, String start) {
        assertFails(
                processor(answering(envelope("{\"" + name + "\":\"x\"}", ""))),
                "the guest set the header '"
                        + name
                        + "': no processor sets anything whose name begins with "
                        + start);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "traceparent",
                "TraceParent",
                "tracestate",
                "baggage",
                "b3",
                "X-B3-TraceId",
                "x_HYPHEN_b3_HYPHEN_spanid",
                "uber-trace-id",
                "uberctx-a",
                "ot-tracer-spanid",
                "X-Amzn-Trace-Id",
                "breadcrumbId",
            })
    void aHeaderOfTheTraceIsTheGuestsFailure(String name) {
        assertFails(
                processor(answering(envelope("{\"" + name + "\":\"x\"}", ""))),
                "the guest set the header '"
                        + name
                        + "': it belongs to the message's trace, which no processor sets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"baggageCount", "b3x", "trace", "traceparent2", "X-B3"})
    void aHeaderWithASimilarNameIsNone(String name) throws Exception {
        assertThat(
                        processor(answering(envelope("{\"" + name + "\":\"x\"}", "")))
                                .process(with(""))
                                .attributes())
                .containsExactly(entry(name, "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "a b, a b",
        ".a, .a",
        "-a, -a",
        "ä, ä",
        "a:b, a:b",
        "a\\r\\nb, a\\u{d}\\u{a}b",
        "\\u202eCamel, \\u{202e}Camel",
        "\\u0000Camel, \\u{0}Camel",
        "a\\ud800, a\\u{d800}",
    })
    void aHeaderWithoutAPlainNameIsTheGuestsFailure(String name, String shown) {
        assertFails(
                processor(answering(envelope("{\"" + name + "\":\"x\"}", ""))),
                "the guest set the header '"
                        + shown
                        + "': a plain name is a letter or digit, then letters, digits, '_', '.' and"
                        + " '-', 128 characters at the most");
    }

    @Test
    void headersAreBounded() throws Exception {
        String many = headers(65);
        String most = headers(64);
        String tooLong = "{\"a\":\"" + "x".repeat(1025) + "\"}";
        String longest = "{\"" + "a".repeat(128) + "\":\"" + "\\n".repeat(1024) + "\"}";

        assertFails(processor(answering(envelope(many, ""))), "the guest set more than 64 headers");
        assertThat(processor(answering(envelope(most, ""))).process(with("x")).attributes())
                .hasSize(64);
        assertFails(
                processor(answering(envelope(tooLong, ""))),
                "the guest set the header 'a' to 1025 characters, and 1024 are the most");
        assertThat(processor(answering(envelope(longest, ""))).process(with("x")).attributes())
                .containsExactly(entry("a".repeat(128), "\\u{a}".repeat(1024)));
    }

    private static String headers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"h" + i + "\":\"\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
