package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.spi.PlainCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions with which Camel tests its own component and language {@code wasm}. */
class CamelFunctionsTest {

    private static final Path MODULE = Path.of("src/test/resources/camel-wasm/functions.wasm");
    private static final String TEXT = "Grüße, \"Straße\" 🌍\n";
    private static final String UPPER = "GRÜSSE, \"STRASSE\" 🌍\n";

    private static WasmBackend backend;

    /** The module is debug code of 2 MB: all tests share what was made of it. */
    private static TextProcessor holder;

    @BeforeAll
    static void load() {
        backend = new WasmBackend();
        holder = processor("process", Map.of());
    }

    @AfterAll
    static void close() throws Exception {
        holder.close();
        backend.close();
    }

    private static TextProcessor processor(String function, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(more);
        options.put("abi", "camel-wasm");
        options.put("function", function);
        return (TextProcessor) backend.create(definition(MODULE, Map.of(), options, Map.of()));
    }

    private static void assertAnswers(TextProcessor function) throws Exception {
        for (String text : List.of(TEXT, "hello", "")) {
            ProcessorResult result = function.process(with(text));

            assertThat(result.text().string()).isEqualTo(text.equals(TEXT) ? UPPER : upper(text));
            assertThat(result.attributes()).isEmpty();
        }
        String large = "hello ".repeat(10_000);
        assertThat(function.process(with(large)).text().string()).isEqualTo(upper(large));
    }

    private static String upper(String text) {
        return text.replace("hello", "HELLO");
    }

    @Test
    void processAnswersWithAnEnvelope() throws Exception {
        assertAnswers(processor("process", Map.of()));
    }

    @Test
    void transformAnswersWithTheText() throws Exception {
        assertAnswers(processor("transform", Map.of("answer", "text")));
    }

    @Test
    void processKeepsTheHeadersThatItIsShown() throws Exception {
        TextProcessor process = processor("process", Map.of("headers", List.of("foo")));
        Map<String, String> headers = Map.of("foo", "bar", "secret", "s");

        ProcessorResult result = process.process(new PlainCall(Text.of("hello"), headers));

        assertThat(result.text().string()).isEqualTo("HELLO");
        assertThat(result.attributes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"process_err", "transform_err"})
    void theOthersFailWithTheirReason(String function) {
        assertThatThrownBy(() -> processor(function, Map.of()).process(with("hello")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage("the guest failed: this is an error");
    }

    @Test
    void theModulesOwnChoiceIsTheFunctionOfTheDefaultName() throws Exception {
        TextProcessor found = (TextProcessor) backend.create(definition(MODULE));

        assertThat(found.process(with("hello")).text().string()).isEqualTo("HELLO");
    }

    @Test
    void aFunctionThatAnswersWithTheTextIsToldSo() {
        assertThatThrownBy(() -> processor("transform", Map.of()).process(with("hello")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(
                        "the guest's answer is no envelope {\"headers\":{..},\"body\":\"base64\"}: no"
                                + " object begins at byte 0; of a guest that answers with the text"
                                + " alone say so with option answer: text");
    }
}
