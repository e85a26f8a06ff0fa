package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What routes with this component do in whichever language they are written: over {@code direct:},
 * {@code seda:} and {@code file:} to a pipeline, a module and a Java processor, and from a guest
 * that traps to a dead letter channel that has tried twice more.
 */
abstract class RouteContract extends CamelTestSupport {

    static final String PIPELINE =
            """
            processors:
              - { id: upper, backend: local, impl: change_text_case_upper }
              - { id: count, backend: local, impl: token_counter, depends_on: [upper] }
            """;

    @TempDir static Path folder;

    /** Writes what the routes name. */
    static void writeResources() throws IOException {
        Files.writeString(folder.resolve("shout.dagwasm.yaml"), PIPELINE);
        TestModule.write(folder.resolve("bang.wasm"), TestModules.append("!"));
        TestModule.write(folder.resolve("trap.wasm"), TestModules.trap());
    }

    private MockEndpoint results(int count) {
        MockEndpoint results = getMockEndpoint("mock:out");
        results.expectedMessageCount(count);
        return results;
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:in", "seda:in"})
    void aMessageGoesThroughPipelineModuleAndProcessor(String from) throws Exception {
        MockEndpoint results = results(1);

        template.sendBody(from, "héllo");

        results.assertIsSatisfied();
        Exchange result = results.getExchanges().get(0);
        assertThat(result.getMessage().getBody()).isEqualTo("<HÉLLO! +1");
        assertThat(result.getMessage().getHeader("dagwasm.count.char_count")).isEqualTo("5");
    }

    @Test
    void aFileGoesThroughThemToo() throws Exception {
        MockEndpoint results = results(1);

        Files.writeString(folder.resolve("part"), "héllo");
        Files.move(
                folder.resolve("part"),
                Files.createDirectories(folder.resolve("in")).resolve("a.txt"));

        results.assertIsSatisfied();
        await().until(() -> Files.exists(folder.resolve("in/.camel/a.txt")));
        assertThat(folder.resolve("out/a.txt")).hasContent("<HÉLLO! +1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:in", "seda:in"})
    void aSendersHeadersAreWhatTheyWereAndThoseOfResultsAreThoseOfTheRun(String from)
            throws Exception {
        MockEndpoint results = results(2);
        Map<String, Object> hostile = hostile();
        Map<String, Object> sent = new LinkedHashMap<>(hostile);
        sent.put("CamelDagWasmPartial", true);
        sent.put("cameldagwasmMetadata", "forged");
        sent.put("CamelDagWasmResultType", "bytes");
        sent.put("DAGWASM.count.char_count", "forged");
        sent.put("dagwasm.omitted", "forged");

        template.sendBody(from, "héllo");
        await().until(() -> results.getReceivedCounter() == 1);
        template.sendBodyAndHeaders(from, "héllo", sent);

        results.assertIsSatisfied();
        Map<String, Object> expected =
                new LinkedHashMap<>(results.getExchanges().get(0).getMessage().getHeaders());
        assertThat(expected)
                .contains(
                        entry(DagWasmConstants.PROCESSORS_EXECUTED, 1),
                        entry(DagWasmConstants.PARTIAL, false));
        expected.putAll(hostile);
        Exchange result = results.getExchanges().get(1);
        assertThat(result.getMessage().getHeaders()).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(result.getMessage().getBody()).isEqualTo("<HÉLLO! +1");
    }

    private static Map<String, Object> hostile() {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("CamelFileName", "../../etc/passwd");
        headers.put("CamelCharsetName", "UTF-16");
        headers.put("CamelHttpUri", "http://nowhere/");
        headers.put("resource", "file:/etc/passwd");
        headers.put("option.prefix", "forged");
        headers.put("timeout", "1ms");
        headers.put("sha256", "0");
        headers.put("dagwasm", "no dot");
        headers.put("a\r\nb: c", "d\r\ne: f");
        return headers;
    }

    @Test
    void theDeadLetterIsTheMessageOfTheBeginning() throws Exception {
        MockEndpoint dead = getMockEndpoint("mock:dead");
        dead.expectedMessageCount(1);
        byte[] body = "héllo".getBytes(StandardCharsets.UTF_8);

        Exchange sent =
                template.send(
                        "direct:trapping",
                        ExchangePattern.InOnly,
                        e -> {
                            e.getMessage().setBody(body);
                            e.getMessage().setHeader("kept", "yes");
                        });

        dead.assertIsSatisfied();
        Exchange letter = dead.getExchanges().get(0);
        assertThat(sent.getException()).isNull();
        assertThat(letter.getMessage().getBody()).isSameAs(body);
        assertThat(letter.getMessage().getHeaders()).containsOnly(entry("kept", "yes"));
        assertThat(letter.getProperty(Exchange.EXCEPTION_CAUGHT))
                .isInstanceOf(RunFailedException.class);
    }

    @Test
    void theDeadLetterOfAStreamHasAllOfIt() throws Exception {
        MockEndpoint dead = getMockEndpoint("mock:dead");
        dead.expectedBodiesReceived("héllo");
        InputStream in = new ByteArrayInputStream("héllo".getBytes(StandardCharsets.UTF_8));

        template.sendBody("direct:trapping", new FilterInputStream(in) {});

        dead.assertIsSatisfied();
    }
}
