package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.block;
import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.CamelGuests.answering;
import static io.github.dagwasm.wasm.CamelGuests.envelope;
import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CamelWasmAbiTest {

    private static final String NO_ENVELOPE =
            "the guest's answer is no envelope {\"headers\":{..},\"body\":\"base64\"}: ";
    private static final String HINT =
            "; of a guest that answers with the text alone say so with option answer: text";
    private static final Map<String, Object> TEXT = Map.of("answer", "text");

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
        Map<String, Object> large = Map.of("admission", block("module_bytes", 16 << 20));
        return (TextProcessor) backend.create(definition(file, keys, options, large));
    }

    private static void assertFails(TextProcessor processor, String message) {
        assertThatThrownBy(() -> processor.process(with("text")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "hëllo 🌍", "\u0000", "\"\\\n"})
    void textsComeBackFromAGuestThatAnswersWithWhatItGot(String text) throws Exception {
        ProcessorResult result = processor(CamelGuests.echo()).process(with(text));

        assertThat(result.text().string()).isEqualTo(text);
        assertThat(result.attributes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {49_150, 49_151, 49_152, 7_000_000})
    void longTextsComeBackToo(int length) throws Exception {
        String text = "x".repeat(length);

        assertThat(processor(CamelGuests.echo()).process(with(text)).text().string())
                .isEqualTo(text);
    }

    @Test
    void theEnvelopeIsWhatCamelsOwnComponentWrites() throws Exception {
        TextProcessor processor = processor(CamelGuests.echo(), TEXT);

        assertThat(processor.process(with("hey ÿ?")).text().string())
                .isEqualTo("{\"headers\":{},\"body\":\"aGV5IMO/Pw==\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"body\":\"aGV5\"} | hey",
                "{\"body\":null} | ''",
                "{\"headers\":null,\"body\":\"aGV5\"} | hey",
                "{} | ''",
                "{\"headers\":{}} | ''",
                "{\"body\":\"aGV5\",\"headers\":{\"a\":null}} | hey",
                "' \t\r\n{ \"headers\" : { } , \"body\" : \"aGV5\" } \n' | hey",
                "{\"body\":\"Pz8\\/\"} | ???",
                "{\"body\":\"\\u0061GV5\"} | hey",
            })
    void whatCamelsOwnComponentTakesIsTaken(String answer, String text) throws Exception {
        assertThat(processor(answering(answer)).process(with("x")).text().string()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain text | no object begins at byte 0",
                "'' | no object begins at byte 0",
                "{ | no object begins at byte 0",
                "[] | no object begins at byte 0",
                "'\ufeff{}' | no object begins at byte 0",
                "' []' | no object begins at byte 1",
                "{\"body\":\"aGV5\"}x | no JSON, or more of it than is read at byte 16",
                "{\"body\":\"aGV5\"}{} | something follows the object at byte 15",
                "{\"body\":\"aGV5\",} | no JSON, or more of it than is read at byte 15",
                "{'body':'aGV5'} | no JSON, or more of it than is read at byte 1",
                "{\"body\":\"aGV5\" | no JSON, or more of it than is read at byte 14",
                "{\"body\":\"aGV5 | no JSON, or more of it than is read at byte 13",
                "{\"body\":\"aGV5\",\"body\":\"aGV5\"} | 'body' is there twice at byte 15",
                "{\"text\":1} | it has a member 'text' at byte 8",
                "{\"\\u202e\":1} | it has a member '\\u{202e}' at byte 10",
                "{\"headers\":[],\"body\":\"aGV5\"} | no object begins at byte 11",
                "{\"headers\":{\"a\":{}}} | the value of the header 'a' is no string at byte 16",
                "{\"headers\":{\"a\":[\"b\"]}} | the value of the header 'a' is no string at byte 16",
                "{\"headers\":{\"a\":\"b\",\"A\":\"b\"}} | the header 'A' is there twice at byte 24",
                "{\"headers\":{\"a\":\"b\",\"a\":\"b\"}} | 'a' is there twice at byte 20",
                "{\"headers\":{\"a\":\"\\q\"}} | no JSON, or more of it than is read at byte 18",
                "{\"body\":1} | its body is no string at byte 8",
                "{\"body\":{}} | its body is no string at byte 8",
                "{\"body\":\"aGV\"} | its body is no base64: 3 characters are no multiple of 4 at byte 8",
                "{\"body\":\"aGV5=\"} | its body is no base64: 5 characters are no multiple of 4 at byte 8",
                "{\"body\":\"aGV-\"} | its body is no base64 of the standard alphabet at byte 8",
                "{\"body\":\"aG 5\"} | its body is no base64 of the standard alphabet at byte 8",
                "{\"body\":\"aA==aA==\"} | its body is no base64 of the standard alphabet at byte 8",
                "{\"body\":\"====\"} | its body is no base64 of the standard alphabet at byte 8",
                "{\"body\":\"aGV\\u00ff\"} | its body is no base64 of the standard alphabet at byte 8",
            })
    void whatIsNoEnvelopeIsTheGuestsFailure(String answer, String problem) {
        assertFails(processor(answering(answer)), NO_ENVELOPE + problem + HINT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | process returned a null pointer",
                "5 | process returned a null pointer",
                "0x7fffffff | process returned a null pointer",
                "0x7fffffff7fffffff | process returned pointer 2147483647 and size 2147483647, which",
                "-1 | process returned pointer 4294967295 and size 2147483647, which",
                "-4294967296 | process returned pointer 4294967295 and size 0, which",
                "-4294967295 | process returned pointer 4294967295 and size 1, which",
                "0x8000000080000001 | process returned pointer 2147483648 and size 1, which",
                "0x00a0ffff00000002 | process returned pointer 10551295 and size 2, which",
                "0x00a1000000000001 | process returned pointer 10551296 and size 1, which",
                "0x00a1000100000000 | process returned pointer 10551297 and size 0, which",
                "0x00a1000080000001 | process returned pointer 10551296 and size 1, which",
                "0x0000000080000000 | the guest failed, and does not say why",
                "0x0000040080000000 | the guest failed, and does not say why",
            })
    void pointersAndSizesAreNotBelieved(String result, String problem) {
        long returned =
                result.startsWith("0x")
                        ? Long.parseUnsignedLong(result.substring(2), 16)
                        : Long.parseLong(result);
        byte[] module = CamelGuests.returning(returned);
        String end = problem.endsWith("which") ? " do not lie in the memory of 10551296 bytes" : "";

        assertFails(processor(module), problem + end);
        if (returned != 0) {
            assertFails(processor(module, TEXT), problem + end);
        }
    }

    @Test
    void anEmptyAnswerIsAnEmptyTextWhereTheTextAloneIsTheAnswer() throws Exception {
        assertThat(processor(answering(""), TEXT).process(with("x")).text().string()).isEmpty();
        assertThat(processor(CamelGuests.returning(0), TEXT).process(with("x")).text().string())
                .isEmpty();
    }

    @Test
    void anAllocationThatFailsOrLiesOutsideIsTheGuestsFailure() {
        assertFails(processor(allocated(0)), "alloc(32) returned a null pointer");
        assertFails(
                processor(allocated(-1)),
                "alloc(32) returned pointer 4294967295, where that many bytes do not fit into the"
                        + " memory of 65536 bytes");
    }

    private static byte[] allocated(int pointer) {
        TestModule module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("alloc", 1, 1, 0, code().i32(pointer))
                        .exported("dealloc", 2, 0, 0, code());
        return CamelGuests.with(module, "process", CamelGuests.inputAsAnswer()).bytes();
    }

    @Test
    void anErrorIsTheGuestsFailureInItsOwnWords() {
        assertFails(
                processor(CamelGuests.failing("no\r\nX-Admin: 1\u001b[2J\u202e ÿ")),
                "the guest failed: no\\u{d}\\u{a}X-Admin: 1\\u{1b}[2J\\u{202e} ÿ");
        assertFails(
                processor(CamelGuests.failing("🌍".repeat(1024))),
                "the guest failed: " + "🌍".repeat(1024));
        assertFails(
                processor(CamelGuests.failing("🌍".repeat(5000)), TEXT),
                "the guest failed: " + "🌍".repeat(1024) + "…");
    }

    @Test
    void theOutputIsBoundedBeforeItIsDecoded() throws Exception {
        Map<String, Object> three = Map.of("limits", block("output_bytes", 3));

        assertThat(
                        processor(answering(envelope("{}", "abc")), three, Map.of())
                                .process(with("x"))
                                .text()
                                .string())
                .isEqualTo("abc");
        assertExceeds(
                processor(answering(envelope("{}", "four")), three, Map.of()),
                "the limit of 3 output bytes is exceeded: 4 asked for (option"
                        + " limits.output_bytes)");
        assertExceeds(
                processor(answering("four"), three, TEXT),
                "the limit of 3 output bytes is exceeded: 4 asked for (option"
                        + " limits.output_bytes)");
        assertExceeds(
                processor(CamelGuests.returning(1024L << 32 | 4_194_313), three, Map.of()),
                "the limit of 4194312 bytes of an envelope is exceeded: 4194313 asked for (option"
                        + " limits.output_bytes)");
    }

    private static void assertExceeds(TextProcessor processor, String message) {
        assertThatThrownBy(() -> processor.process(with("text")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(message);
    }

    @Test
    void bombsOfJsonAreRefusedBeforeTheyCostAnything() {
        String keys =
                IntStream.range(0, 1_000_000)
                        .mapToObj(i -> "\"" + i + "\":0")
                        .collect(Collectors.joining(",", "{", "}"));
        String longKey = "{\"" + "k".repeat(8 << 20) + "\":1}";
        String nested = "[".repeat(100_000);

        assertFails(
                processor(answering(nested)), NO_ENVELOPE + "no object begins at byte 0" + HINT);
        assertFails(
                processor(answering("{\"a\":".repeat(100_000))),
                NO_ENVELOPE + "it has a member 'a' at byte 5" + HINT);
        assertFails(
                processor(answering("{\"headers\":{\"a\":" + nested)),
                NO_ENVELOPE + "the value of the header 'a' is no string at byte 16" + HINT);
        assertFails(
                processor(answering("{\"headers\":" + keys + "}")),
                "the guest set more than 64 headers");
        assertFails(
                processor(answering(keys)), NO_ENVELOPE + "it has a member '0' at byte 5" + HINT);
        assertFails(
                processor(answering(longKey)),
                NO_ENVELOPE + "no JSON, or more of it than is read" + HINT);
        assertFails(
                processor(answering("{\"headers\":{\"n\":" + "9".repeat(1_000_000) + "}}")),
                NO_ENVELOPE + "no JSON, or more of it than is read" + HINT);
    }

    @Test
    void aHugeNumberIsTheTextThatItIs() throws Exception {
        String headers = "{\"n\":1e999999999}";

        assertThat(processor(answering(envelope(headers, ""))).process(with("x")).attributes())
                .containsExactly(entry("n", "1e999999999"));
    }

    @Test
    void anEnvelopeThatIsNotUtf8IsTheGuestsFailure() {
        byte[] header = "{\"headers\":{\"a\":\"?\"}}".getBytes(UTF_8);
        header[17] = (byte) 0xff;

        assertFails(
                processor(answering(header)),
                NO_ENVELOPE + "no JSON, or more of it than is read at byte 18" + HINT);
    }

    @Test
    void anyBytesGoInAndComeOut() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (255 - i);
        }
        TextProcessor echo = processor(CamelGuests.echo());

        ProcessorResult result = echo.process(with(Text.ofUtf8(all)));

        assertThat(echo.carriesBytes()).isTrue();
        assertThat(result.text().bytes()).isEqualTo(all);
        assertThat(result.metadata())
                .containsExactly(
                        entry("module_path", "guest.wasm"),
                        entry("input_length", "256"),
                        entry("output_length", "256"));
        assertThat(processor(answering(all), TEXT).process(with("x")).text().bytes())
                .isEqualTo(all);
    }

    @Test
    void bytesAreLimitedAsTextsAre() {
        Map<String, Object> three = Map.of("limits", block("input_bytes", 3));
        Text four = Text.ofUtf8(new byte[] {-1, -1, -1, -1});

        assertThatThrownBy(() -> processor(CamelGuests.echo(), three, Map.of()).process(with(four)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 3 input bytes is exceeded: 4 asked for (option"
                                + " limits.input_bytes)");
        assertExceeds(
                processor(
                        answering("{\"body\":\"/////w==\"}"),
                        Map.of("limits", block("output_bytes", 3)),
                        Map.of()),
                "the limit of 3 output bytes is exceeded: 4 asked for (option"
                        + " limits.output_bytes)");
    }

    @Test
    void anAnalysisOfBytesIsAText() throws Exception {
        Map<String, Object> analyze = Map.of("intent", "analyze");
        Text noText = Text.ofUtf8(new byte[] {-1});

        ProcessorResult result =
                processor(answering(envelope("{}", "a picture")), analyze).process(with(noText));

        assertThat(result.text()).isSameAs(noText);
        assertThat(result.metadata())
                .contains(entry("input_length", "1"), entry("result", "a picture"));
        assertFails(
                processor(answering("{\"body\":\"/w==\"}"), analyze),
                "the guest's output is not UTF-8: malformed UTF-8 at byte 0 (0xff)");
    }

    @Test
    void theOnlyFunctionOfItsTypeIsCalledOrTheOneThatIsNamed() throws Exception {
        TestModule one = CamelGuests.allocating(1);
        TestModule two = CamelGuests.allocating(1);
        CamelGuests.with(one, "transform", CamelGuests.inputAsAnswer());
        CamelGuests.with(two, "a", CamelGuests.inputAsAnswer());
        CamelGuests.with(two, "b", code().unreachable().i64(0));

        assertThat(processor(one.bytes()).process(with("x")).text().string()).isEqualTo("x");
        assertThat(
                        processor(two.bytes(), Map.of("function", "a"))
                                .process(with("x"))
                                .text()
                                .string())
                .isEqualTo("x");
        assertRefused(
                two.bytes(),
                Map.of(),
                "abi camel-wasm could call 'a' or 'b'; say which with option function");
        CamelGuests.with(two, "process", CamelGuests.inputAsAnswer());
        assertThat(processor(two.bytes()).process(with("x")).text().string()).isEqualTo("x");
    }

    @Test
    void aModuleThatDoesNotFitIsRefused() {
        TestModule without = CamelGuests.allocating(1);
        TestModule wrong =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("alloc", 2, 1, 0, code().i32(0));
        CamelGuests.with(wrong, "run", code().i64(0));
        Map<String, Object> named = Map.of("abi", "camel-wasm");

        assertRefused(
                without.bytes(),
                named,
                "it exports no function of the type (i32, i32) -> (i64), which abi camel-wasm"
                        + " needs; exported functions: alloc, dealloc");
        assertRefused(
                wrong.bytes(),
                Map.of(),
                "exported function 'alloc' has the type (i32, i32) -> (i32); abi camel-wasm needs"
                        + " (i32) -> (i32)");
        assertRefused(
                CamelGuests.echo(),
                Map.of("function", "alloc", "abi", "camel-wasm"),
                "exported function 'alloc' has the type (i32) -> (i32); abi camel-wasm needs (i32,"
                        + " i32) -> (i64) (option function: did you mean 'process'?)");
    }

    private void assertRefused(byte[] module, Map<String, Object> options, String reason) {
        assertThatThrownBy(() -> processor(module, options))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage("processor 'append' (guest.wasm): " + reason);
    }

    @Test
    void ofThousandsOfFunctionsTenAreNamedWhereNoneIsMeant() {
        TestModule module = CamelGuests.with(new TestModule(), "f0", code().i64(0));
        for (int i = 0; i < 20_000; i++) {
            module.item(
                    7,
                    TestModule.join(
                            TestModule.name("f" + i), TestModule.bytes(0), TestModule.leb(0)));
        }
        String shown = IntStream.range(0, 10).mapToObj(i -> "f" + i).collect(joining(", "));

        assertThatThrownBy(() -> processor(module.bytes()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "processor 'append' (guest.wasm): it exports no function 'alloc', which abi"
                                + " camel-wasm needs; exported functions: "
                                + shown
                                + " and 19990 more");
    }
}
