package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.TestModules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.HashMapHeadersMapFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run tells by headers, and what it makes of those of a sender. */
class HeadersIT {

    private static final String COUNT =
            """
            processors:
              - { id: upper, backend: local, impl: change_text_case_upper }
              - { id: count, backend: local, impl: token_counter, depends_on: [upper] }
            """;

    private static final String PARTIAL =
            """
            failure_strategy: best_effort
            processors:
              - { id: upper, backend: local, impl: change_text_case_upper }
              - { id: trap, backend: wasm, module: trap.wasm, depends_on: [upper] }
            """;

    @TempDir Path folder;

    private CamelFixture camel;

    @BeforeEach
    void start() {
        camel = new CamelFixture(folder);
        camel.module("trap", TestModules.trap());
        String count = camel.pipeline("count", COUNT);
        String partial = camel.pipeline("partial", PARTIAL);
        camel.routes(
                routes -> {
                    routes.from("direct:count").to(count);
                    // With the default of a second every context would take that long to stop.
                    routes.from("seda:count?pollTimeout=50").to(count);
                    routes.from("direct:plain").to(count + "?metadataHeaders=true");
                    routes.from("direct:partial").to(partial);
                });
        camel.context.start();
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    private static Map<String, Object> ours(Exchange exchange) {
        return exchange.getMessage().getHeaders().entrySet().stream()
                .filter(e -> e.getKey().matches("(?i)(CamelDagWasm|dagwasm\\.).*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void aRunTellsWhatItDidAndLearnt() {
        Exchange result = camel.send("direct:count", "a b");

        assertThat(ours(result))
                .containsOnly(
                        entry(DagWasmConstants.PROCESSORS_EXECUTED, 2),
                        entry(DagWasmConstants.PARTIAL, false),
                        entry(
                                DagWasmConstants.METADATA,
                                Map.of(
                                        "count",
                                        Map.of(
                                                "char_count", "3",
                                                "word_count", "2",
                                                "line_count", "1"))));
        assertThat(result.getProperty(DagWasmConstants.REPORT, RunReport.class).outcome())
                .isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void aPartialResultSaysThatItIsOne() {
        Exchange result = camel.send("direct:partial", "a");

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("A");
        assertThat(ours(result))
                .containsOnly(
                        entry(DagWasmConstants.PROCESSORS_EXECUTED, 2),
                        entry(DagWasmConstants.PARTIAL, true),
                        entry(DagWasmConstants.METADATA, Map.of()));
    }

    @Test
    void metadataBecomesPlainHeadersWhereTheyAreAskedFor() {
        Exchange result = camel.send("direct:plain", "a b");

        assertThat(ours(result))
                .containsEntry("dagwasm.count.char_count", "3")
                .containsEntry("dagwasm.count.word_count", "2")
                .containsEntry("dagwasm.count.line_count", "1")
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:count", "seda:count"})
    void aSendersHeadersAreKeptUnlessTheyLookLikeResults(String route) {
        Map<String, Object> hostile = hostileHeaders();
        Map<String, Object> forged = new LinkedHashMap<>();
        forged.put("CamelDagWasmMetadata", "forged");
        forged.put("cameldagwasmpartial", true);
        forged.put("CAMELDAGWASMReport", "forged");
        forged.put("CamelDagWasmResource", "file:/etc/passwd");
        forged.put("dagwasm.count.word_count", "999");
        forged.put("DagWasm.OMITTED", "9");
        forged.put("dagwasm.", "x");

        Exchange result =
                camel.template.request(
                        route,
                        exchange -> {
                            exchange.getMessage().setBody("a b");
                            exchange.getMessage().setHeaders(headers(hostile, forged));
                        });

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("A B");
        assertThat(result.getMessage().getHeaders()).containsAllEntriesOf(hostile);
        assertThat(ours(result))
                .containsOnlyKeys(
                        DagWasmConstants.PROCESSORS_EXECUTED,
                        DagWasmConstants.METADATA,
                        DagWasmConstants.PARTIAL);
    }

    @Test
    void aFailedRunRemovesForgedResultsToo() {
        camel.routes(
                routes ->
                        routes.from("direct:trap")
                                .to("dagwasm:wasm:file:" + folder.resolve("trap.wasm")));

        Exchange result =
                camel.exchange(
                        "direct:trap",
                        exchange -> {
                            exchange.getMessage().setHeader("CamelDagWasmPartial", false);
                            exchange.getMessage().setHeader("dagwasm.a.b", "c");
                            exchange.getMessage().setHeader("kept", "yes");
                        });

        assertThat(result.getMessage().getHeaders()).containsOnly(entry("kept", "yes"));
    }

    @Test
    void aHeaderWithoutANameIsKept() {
        camel.context
                .getCamelContextExtension()
                .setHeadersMapFactory(new HashMapHeadersMapFactory());

        Exchange result =
                camel.exchange(
                        "direct:count",
                        exchange -> {
                            exchange.getMessage().setBody("a b");
                            exchange.getMessage().getHeaders().put(null, "kept");
                            exchange.getMessage().setHeader("DAGWASM.forged", "x");
                        });

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getHeaders())
                .containsOnlyKeys(
                        null,
                        DagWasmConstants.PROCESSORS_EXECUTED,
                        DagWasmConstants.METADATA,
                        DagWasmConstants.PARTIAL);
    }

    @Test
    void aGuestsResultIsShownAndCannotForgeALine() {
        String hostile = "a\r\nX-Admin: 1\u001b[31m\u202egnp";
        String module = camel.module("hostile", TestModules.append(hostile));
        camel.routes(
                routes ->
                        routes.from("direct:hostile")
                                .to(module + "?option.intent=analyze&metadataHeaders=true"));

        Exchange result = camel.send("direct:hostile", "x");

        String shown = "xa\\u{d}\\u{a}X-Admin: 1\\u{1b}[31m\\u{202e}gnp";
        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("x");
        assertThat(result.getMessage().getHeader(DagWasmConstants.METADATA))
                .extracting("hostile.result")
                .isEqualTo(shown);
        assertThat(result.getMessage().getHeader("dagwasm.hostile.result", String.class))
                .isEqualTo(PlainHeaders.line(shown));
    }

    @Test
    void keysOfAGuestsJsonForgeNoHeaderAndReplaceNone() {
        String keys =
                "{\"x\\r\\nSet-Cookie: a\":\"1\",\"\\u001b]0;t\\u0007\":\"\\u009b2J\",\"input_length\u200b\":\"2\","
                        + "\"../../CamelFileName\":\"3\",\"INPUT_LENGTH\":\"4\",\"}\":\"\"}";
        String module = camel.module("hostile", TestModules.append(""));
        camel.routes(
                routes ->
                        routes.from("direct:hostile")
                                .to(
                                        module
                                                + "?option.intent=analyze&option.result=json"
                                                + "&metadataHeaders=true"));

        Exchange result = camel.send("direct:hostile", keys);

        assertThat(result.getException()).isNull();
        Map<String, Object> plain = new HashMap<>(ours(result));
        plain.keySet().removeIf(name -> !name.startsWith("dagwasm."));
        assertThat(plain)
                .allSatisfy((name, value) -> assertThat(name + value).matches("[!-~ ]+"))
                .allSatisfy((name, value) -> assertThat(name).matches("[A-Za-z0-9_.]+"))
                .containsEntry("dagwasm.hostile.input_length", Integer.toString(utf8Length(keys)))
                .containsEntry("dagwasm.omitted", "1")
                .hasSize(3 + 5 + 1);
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void thereAre64PlainHeadersAtMostAndTheRestIsCounted() {
        Map<String, Object> plain = plainHeadersOf(metadata(100, "é"));

        assertThat(plain).hasSize(64 + 1).containsEntry("dagwasm.omitted", "36");
    }

    /** Each has 1,021 bytes of value and 24 of name, colon, blank and end of line. */
    @Test
    void plainHeadersHave6KiBAtMostAndTheRestIsCounted() {
        Map<String, String> metadata = metadata(100, "é\n".repeat(5000));
        metadata.put("small", "1");

        Map<String, Object> plain = plainHeadersOf(metadata);

        assertThat(plain)
                .hasSize(5 + 1 + 1)
                .containsEntry("dagwasm.talkative.small", "1")
                .containsEntry("dagwasm.omitted", "95");
    }

    private static Map<String, String> metadata(int entries, String value) {
        return IntStream.range(0, entries)
                .boxed()
                .collect(
                        Collectors.toMap(
                                i -> "k" + i, i -> value, (a, b) -> a, LinkedHashMap::new));
    }

    private Map<String, Object> plainHeadersOf(Map<String, String> metadata) {
        TextProcessor talkative = call -> ProcessorResult.of(call.text(), metadata);
        camel.context.getRegistry().bind("talkative", TextProcessor.class, talkative);
        camel.routes(
                routes ->
                        routes.from("direct:talk")
                                .to("dagwasm:local:talkative?metadataHeaders=true"));

        Exchange result = camel.send("direct:talk", "x");

        Map<String, Object> plain = new HashMap<>(ours(result));
        plain.keySet().removeIf(name -> !name.startsWith("dagwasm."));
        return plain;
    }

    private static Map<String, Object> headers(
            Map<String, Object> hostile, Map<String, Object> forged) {
        Map<String, Object> all = new LinkedHashMap<>(hostile);
        all.putAll(forged);
        return all;
    }

    private static Map<String, Object> hostileHeaders() {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("dagwasm", "no dot");
        headers.put("dagwasmX", "no dot either");
        headers.put("xdagwasm.a.b", "before");
        headers.put("CamelDagWas", "too short");
        headers.put("CamelCharsetName", "UTF-16");
        headers.put("CamelFileName", "../../etc/passwd");
        headers.put("option.prefix", "<");
        headers.put("timeout", "1");
        headers.put("a b\r\nc: d", "line\r\nbreak");
        headers.put("", "no name");
        headers.put("ÄÖ\u202e\u0000🙂", new byte[] {1, 2});
        headers.put("huge", "x".repeat(1 << 20));
        headers.put("nothing", null);
        return headers;
    }
}
