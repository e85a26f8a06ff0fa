package io.github.dagwasm.examples.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.examples.WorkerProcess;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same text in every form through every transport, with real brokers and servers: the pipeline
 * gets the same text, and the same result arrives behind it.
 */
@Tag("ci")
class AnyTransportIT {

    private static final String PIPELINE =
            """
            processors:
              - id: upper
                backend: local
                impl: change_text_case_upper
              - id: guest
                backend: wasm
                module: hello_world.wasm
                depends_on: [upper]
                options: { intent: analyze }
              - id: learnt
                backend: local
                impl: learnt
                depends_on: [guest]
            """;

    private static final byte[] MALFORMED = {'a', (byte) 0xff};

    private static final String UNPAIRED = "a\ud83e";

    /** Forms of bytes, which may be malformed. */
    private static final List<BodyForm> OF_BYTES =
            List.of(
                    BodyForm.BYTES,
                    BodyForm.STREAM,
                    BodyForm.STREAM_CACHE,
                    BodyForm.FILE,
                    BodyForm.GENERIC_FILE);

    @TempDir static Path folder;
    private static TransportsContext context;

    @BeforeAll
    static void start() throws Exception {
        Files.copy(
                WorkerProcess.ROOT.resolve("wasm_modules/hello_world.wasm"),
                folder.resolve("hello_world.wasm"));
        Path pipeline = Files.writeString(folder.resolve("upper.yaml"), PIPELINE);
        context = new TransportsContext(folder, pipeline, Sample::learn);
        context.start();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @AfterEach
    void nothingElseHasArrived() {
        assertThat(context.leftOver()).isEmpty();
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Transport.values())
                .flatMap(
                        transport ->
                                Arrays.stream(BodyForm.values())
                                        .flatMap(form -> samples(transport, form)));
    }

    private static Stream<Arguments> samples(Transport transport, BodyForm form) {
        return Sample.all().stream().map(sample -> Arguments.of(transport, form, sample));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void bodyAndHeadersAreThoseOfEveryOtherCell(Transport transport, BodyForm form, Sample sample)
            throws Exception {
        Arrival expected = sample.expected();
        byte[] text = sample.text().getBytes(UTF_8);

        assertThat(context.settle(transport, body(form, text))).isEqualTo(expected);
        assertThat(context.arrival())
                .isEqualTo(
                        transport.carriesHeaders()
                                ? expected
                                : new Arrival(expected.body(), Map.of()));
        if (transport.answers()) {
            assertThat(context.ask(transport, body(form, text))).isEqualTo(expected);
        }
    }

    static Stream<Arguments> cellsOfBytes() {
        return Arrays.stream(Transport.values())
                .filter(transport -> transport != Transport.KAFKA_TEXTS)
                .flatMap(transport -> OF_BYTES.stream().map(form -> Arguments.of(transport, form)));
    }

    @ParameterizedTest
    @MethodSource("cellsOfBytes")
    void malformedBytesEndAsInEveryOtherCell(Transport transport, BodyForm form) throws Exception {
        assertThat(context.settle(transport, body(form, MALFORMED)))
                .isEqualTo(
                        new Arrival(
                                "malformed_text: pipeline 'upper': the input: malformed UTF-8 at"
                                        + " byte 1 (0xff)",
                                Map.of()));
    }

    /** Before a route has the record, with no word. */
    @Test
    void kafkasDeserializerOfTextsReplacesWhatIsMalformed() throws Exception {
        assertThat(context.settle(Transport.KAFKA_TEXTS, MALFORMED).body()).isEqualTo("A\ufffd");
        assertThat(context.arrival().body()).isEqualTo("A\ufffd");
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "SEDA", "JMS"})
    void anUnpairedSurrogateFailsWhereItArrives(Transport transport) throws Exception {
        assertThat(context.settle(transport, UNPAIRED))
                .isEqualTo(
                        new Arrival(
                                "malformed_text: pipeline 'upper': the input: unpaired surrogate at"
                                        + " character 1 (U+D83E)",
                                Map.of()));
    }

    /** By the client that encodes it, with no word. */
    @ParameterizedTest
    @EnumSource(names = {"JETTY", "VERTX", "KAFKA", "KAFKA_TEXTS"})
    void anUnpairedSurrogateIsSentAsAQuestionMark(Transport transport) throws Exception {
        assertThat(context.settle(transport, UNPAIRED).body()).isEqualTo("A?");
        assertThat(context.arrival().body()).isEqualTo("A?");
    }

    @Test
    void anUnpairedSurrogateIsWrittenToNoFile() {
        assertThatThrownBy(() -> context.settle(Transport.FILE, UNPAIRED))
                .hasRootCauseInstanceOf(CharacterCodingException.class);
    }

    private static Object body(BodyForm form, byte[] text) throws Exception {
        return form.of(text, folder.resolve("body.txt"));
    }
}
