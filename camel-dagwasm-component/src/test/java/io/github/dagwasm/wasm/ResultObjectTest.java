package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
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

/** Analyzers that answer with an object; their output here is their input. */
class ResultObjectTest {

    private static final String NO_OBJECT =
            "the guest's output is no object of strings, which result: json expects: ";

    @TempDir Path folder;

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    private TextProcessor processor(byte[] module) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        Map<String, Object> options = Map.of("intent", "analyze", "result", "json");
        return (TextProcessor) backend.create(definition(file, Map.of(), options, Map.of()));
    }

    private ProcessorResult result(String json) throws Exception {
        return processor(TestModules.echo()).process(with(json));
    }

    private void assertFails(String json, String message) {
        assertThatThrownBy(() -> result(json))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(message);
    }

    @Test
    void theEntriesTakeThePlaceOfTheResult() throws Exception {
        String json = " {\"z\":\"1\",\"result\":\"two\",\"ÿ 🌍\":\"\"} ";

        ProcessorResult result = result(json);

        assertThat(result.text().string()).isEqualTo(json);
        assertThat(result.metadata())
                .containsExactly(
                        entry("module_path", "guest.wasm"),
                        entry("input_length", "39"),
                        entry("output_length", "39"),
                        entry("z", "1"),
                        entry("result", "two"),
                        entry("ÿ 🌍", ""));
        assertThat(result("{}").metadata()).hasSize(3);
    }

    @Test
    void everyConventionsOutputIsRead() throws Exception {
        String json = "{\"a\":\"b\"}";

        assertThat(processor(CamelGuests.echo()).process(with(json)).metadata())
                .containsEntry("a", "b")
                .hasSize(4);
    }

    @Test
    void keysAndValuesAreEscaped() throws Exception {
        assertThat(result("{\"a\\r\\n\\u202e\":\"\\u001b[2J\\ud800\\\\\"}").metadata())
                .containsEntry("a\\u{d}\\u{a}\\u{202e}", "\\u{1b}[2J\\u{d800}\\\\");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no object begins at byte 0",
                "text | no object begins at byte 0",
                "[] | no object begins at byte 0",
                "\"a\" | no object begins at byte 0",
                "{\"a\":1} | the value of 'a' is no string at byte 5",
                "{\"a\":null} | the value of 'a' is no string at byte 5",
                "{\"a\":true} | the value of 'a' is no string at byte 5",
                "{\"a\":{\"b\":\"c\"}} | the value of 'a' is no string at byte 5",
                "{\"a\":[\"b\"]} | the value of 'a' is no string at byte 5",
                "{\"a\":\"b\",\"\\u0061\":\"c\"} | 'a' is there twice at byte 9",
                "{\"\":\"b\"} | a key is empty at byte 4",
                "{\"module_path\":\"/\"} | 'module_path' is a key of the host's own at byte 15",
                "{\"input_length\":\"1\"} | 'input_length' is a key of the host's own at byte 16",
                "{\"output_length\":\"1\"} | 'output_length' is a key of the host's own at byte 17",
                "{\"a\":\"b\"} x | no JSON, or more of it than is read at byte 11",
                "{\"a\":\"b\"} {} | something follows the object at byte 10",
                "{\"a\":\"b\"}] | no JSON, or more of it than is read at byte 9",
                "{\"\\u202ea\":1} | the value of '\\u{202e}a' is no string at byte 11",
            })
    void anythingElseIsTheGuestsFailure(String json, String problem) {
        assertFails(json, NO_OBJECT + problem);
    }

    @Test
    void entriesKeysAndValuesAreBounded() throws Exception {
        assertThat(result(entries(1000)).metadata()).hasSize(1003);
        assertFails(entries(1001), NO_OBJECT + "there are more than 1000 entries at byte 10899");
        assertThat(
                        result("{\"" + "🌍".repeat(256) + "\":\"" + "🌍".repeat(4096) + "\"}")
                                .metadata())
                .containsEntry("🌍".repeat(256), "🌍".repeat(4096));
        assertFails(
                "{\"" + "k".repeat(257) + "\":\"\"}",
                NO_OBJECT
                        + "the key '"
                        + "k".repeat(64)
                        + "…' has more than 256 code points at byte 261");
        assertFails(
                "{\"k\":\"" + "v".repeat(4097) + "\"}",
                NO_OBJECT + "the value of 'k' has more than 4096 code points at byte 5");
        assertFails("[".repeat(100_000), NO_OBJECT + "no object begins at byte 0");
        assertFails(entries(700_000), NO_OBJECT + "there are more than 1000 entries at byte 10899");
    }

    private static String entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void aResultWithoutAnAnalyzerIsAFault() {
        String problem = "the output is the text; expected intent: analyze beside it, or no result";

        assertThat(faults(Map.of("result", "json")))
                .containsExactly(new KeyFault("options.result", problem));
        assertThat(faults(Map.of("result", "text", "intent", "transform")))
                .containsExactly(new KeyFault("options.result", problem));
        assertThat(faults(Map.of("result", "json", "intent", "analyze"))).isEmpty();
    }

    @Test
    void headersThatAreNeverShownAreAFault() {
        assertThat(
                        faults(
                                Map.of(
                                        "headers",
                                        List.of(
                                                "camelfilename",
                                                "DagWasm.x",
                                                "ok",
                                                "OK",
                                                "JMSType"))))
                .containsExactly(
                        new KeyFault(
                                "options.headers",
                                "'camelfilename': nothing whose name begins with Camel is shown to a"
                                        + " processor"),
                        new KeyFault(
                                "options.headers",
                                "'DagWasm.x': nothing whose name begins with dagwasm. is shown to a"
                                        + " processor"),
                        new KeyFault(
                                "options.headers",
                                "'OK' is there twice; upper and lower case make no difference"));
        assertThat(
                        faults(
                                Map.of(
                                        "headers",
                                        IntStream.range(0, 65).mapToObj(i -> "h" + i).toList())))
                .containsExactly(
                        new KeyFault("options.headers", "found 65 names; expected at most 64"));
    }

    private List<KeyFault> faults(Map<String, Object> options) {
        return backend.faults(KeyValues.NONE, new KeyValues(options), KeyValues.NONE);
    }
}
