package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.block;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds for every calling convention. A convention's test is a subclass that gives what {@link
 * AbiGuests} asks for.
 */
@Timeout(600)
abstract class GuestAbiContract extends AbiGuests {

    private static final byte[] UNFINISHED = {'a', (byte) 0xc3};
    private static final int CALLS = 100_000;
    private static final SandboxUse EMPTY = new SandboxUse(0, 0, 0, 0);

    @Test
    void isFoundAndMayBeNamed() throws Exception {
        byte[] module = echo();

        assertThat(AbiDetector.detect(new ChicoryEngine().load(module), AbiOptions.NONE).name())
                .isEqualTo(abi());
        assertThat(answer(processor(module, Map.of(), Map.of("abi", abi())), "named"))
                .isEqualTo("named");
    }

    @Test
    void carriesTheEmptyText() throws Exception {
        assertThat(answer(processor(echo()), "")).isEmpty();
        assertThat(answer(processor(appending("-x")), "")).isEqualTo("-x");
        assertThat(answer(processor(appending("")), "")).isEmpty();
    }

    static List<String> texts() {
        List<String> texts = new ArrayList<>();
        texts.add("plain ASCII\r\n\t~\u007f");
        texts.add("\u0080\u00e4\u00ff\u0100\u07ff\u0800");
        texts.add("e\u0301 \u0928\u093f \u1112\u1161\u11ab \u202eRTL\u202c \ufeff");
        texts.add("\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\uddea\ud83c\uddfa");
        for (int plane = 0; plane <= 16; plane++) {
            StringBuilder text = new StringBuilder("plane ");
            for (int low : new int[] {0x20, 0x1234, 0xd7ff, 0xe000, 0xfffd, 0xffff}) {
                text.appendCodePoint(plane << 16 | low);
            }
            texts.add(text.toString());
        }
        return texts;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void carriesEveryPlaneOfUnicode(String text) throws Exception {
        assertThat(answer(processor(echo()), text)).isEqualTo(text);
        assertThat(answer(processor(appending("-wasm")), text)).isEqualTo(text + "-wasm");
    }

    @Test
    void carriesANulOrSaysThatItCannot() throws Exception {
        TextProcessor processor = processor(echo());

        if (nulRefusal().isPresent()) {
            assertThatThrownBy(() -> processor.process(with("ab\0c")))
                    .isInstanceOf(MalformedTextException.class)
                    .hasMessage(nulRefusal().get());
        } else {
            assertThat(answer(processor, "ab\0c")).isEqualTo("ab\0c");
            assertThat(answer(processor, "\0")).isEqualTo("\0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, 2, 3, 7, 8, 9, 4095, 4096, 65_533, 65_535, 65_536, 65_537, 1 << 20, 8 << 20})
    void carriesEverySize(int bytes) throws Exception {
        String ascii = "0123456789abcde\n".repeat(bytes / 16 + 1).substring(0, bytes);
        String wide = "a".repeat(bytes % 3) + "€".repeat(bytes / 3);
        TextProcessor echo = processor(echo());
        TextProcessor appending = processor(appending("-wasm"));

        assertThat(wide.getBytes(UTF_8)).hasSize(bytes);
        assertThat(answer(echo, ascii).equals(ascii)).isTrue();
        assertThat(answer(echo, wide).equals(wide)).isTrue();
        assertThat(answer(appending, ascii).equals(ascii + "-wasm")).isTrue();
        assertThat(answer(appending, wide).equals(wide + "-wasm")).isTrue();
    }

    @Test
    void anAnalyzerKeepsItsInputAndTellsTheAnswerAsResult() throws Exception {
        ProcessorResult result =
                processor(appending("\n!"), Map.of(), Map.of("intent", "analyze"))
                        .process(with("text"));

        assertThat(result.text().string()).isEqualTo("text");
        assertThat(result.metadata())
                .containsExactly(
                        entry("module_path", "guest.wasm"),
                        entry("input_length", "4"),
                        entry("output_length", "6"),
                        entry("result", "text\\u{a}!"));
    }

    @Test
    void manyCallsLeaveNothing() throws Exception {
        TextProcessor processor = processor(appending("-wasm"));
        assertThat(answer(processor, "the first")).isEqualTo("the first-wasm");
        SandboxUse afterTheFirst = backend.sandboxUse();

        for (int i = 0; i < CALLS; i++) {
            String text = "message " + i;
            if (!answer(processor, text).equals(text + "-wasm")) {
                throw new AssertionError(text);
            }
        }

        assertThat(backend.sandboxUse()).isEqualTo(afterTheFirst);
        assertThat(afterTheFirst.instances()).isEqualTo(1);
    }

    @Test
    void aTrapIsToldAndTheInstanceGone() {
        TextProcessor processor = processor(echoing(code().unreachable()).bytes());

        assertThatThrownBy(() -> processor.process(with("text")))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest trapped: Trapped on unreachable instruction");
        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void aGuestsOwnFailuresAreTold() {
        failures()
                .forEach(
                        (name, failing) ->
                                assertThatThrownBy(
                                                () ->
                                                        processor(failing.module().get())
                                                                .process(with("text")))
                                        .as(name)
                                        .hasMessage(failing.message()));
        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void hasEveryWayToFailOrSaysThatThereIsNone() {
        for (String way : List.of(NULL_RESULT, GUEST_ERROR)) {
            assertThat(failures().containsKey(way)).as(way).isNotEqualTo(lacks().contains(way));
        }
    }

    @Test
    void takesBytesThatAreNoTextOrRefusesThem() throws Exception {
        TextProcessor processor = processor(echo());
        Text unfinished = Text.ofUtf8(UNFINISHED);

        assertThat(processor.carriesBytes()).isEqualTo(carriesBytes());
        if (carriesBytes()) {
            assertThat(processor.process(with(unfinished)).text().bytes()).isEqualTo(UNFINISHED);
        } else {
            assertThatThrownBy(() -> processor.process(with(unfinished)))
                    .isInstanceOf(MalformedTextException.class)
                    .hasMessage("malformed UTF-8 at byte 1 (0xc3)");
        }
        assertThatThrownBy(() -> processor.process(with("a\ud800b")))
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("unpaired surrogate at character 1 (U+D800)");
    }

    @Test
    void keepsTheLimitOfItsInput() throws Exception {
        TextProcessor processor =
                processor(echo(), Map.of("limits", block("input_bytes", 10)), Map.of());

        assertThat(answer(processor, "1234567890")).isEqualTo("1234567890");
        exceeded(
                processor,
                "12345678901",
                "the limit of 10 input bytes is exceeded: 11 asked for (option"
                        + " limits.input_bytes)");
    }

    @Test
    void keepsTheLimitOfItsOutput() throws Exception {
        TextProcessor processor =
                processor(echo(), Map.of("limits", block("output_bytes", 10)), Map.of());

        assertThat(answer(processor, "1234567890")).isEqualTo("1234567890");
        assertThat(answer(processor, "ää€€")).isEqualTo("ää€€");
        exceeded(processor, "12345678901", outputExceeded());
    }

    @Test
    void keepsTheLimitOfItsMemory() {
        Code grow = code().block().loop().i32(1).memoryGrow().i32(-1).op(0x46).brIf(1).br(0);
        byte[] greedy = echoing(grow.end().end().unreachable()).bytes();
        Map<String, Object> one = Map.of("limits", block("memory_mb", 1));
        String message =
                "the limit of 1048576 memory bytes is exceeded: 1114112 asked for (option"
                        + " limits.memory_mb)";

        exceeded(processor(greedy, one, Map.of()), "text", message);
        // The guest's own allocator, or what the convention has in its place, gets no more either.
        assertThatThrownBy(
                        () ->
                                processor(appending("!"), one, Map.of())
                                        .process(with("x".repeat(1 << 20))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageMatching(
                        "the limit of 1048576 memory bytes is exceeded: [0-9]+ asked for \\(option"
                                + " limits.memory_mb\\)");
    }

    @Test
    void keepsTheLimitOfItsLog() throws Exception {
        Code log = code().row(6, logging());
        TextProcessor processor =
                processor(
                        echoing(log).data(LOGGED, "line").bytes(),
                        Map.of("limits", block("log_bytes", 10)),
                        Map.of());
        PrintStream before = System.err;
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        System.setErr(new PrintStream(error, true, UTF_8));
        try {
            assertThat(answer(processor, "text")).isEqualTo("text");
        } finally {
            System.setErr(before);
        }

        assertThat(error.toString(UTF_8))
                .containsSubsequence(
                        "INFO dagwasm.guest.guest - guest: line",
                        "INFO dagwasm.guest.guest - guest: line",
                        "WARN dagwasm.guest.guest - the limit of 10 log bytes is exceeded: 30 asked"
                                + " for, the rest is dropped (option limits.log_bytes)");
    }

    @Test
    void keepsTheLimitOfOpenCalls() {
        byte[] module =
                echoing(code().call(functions()))
                        .function(0, 0, 0, code().call(functions()))
                        .bytes();

        exceeded(
                processor(module, Map.of("limits", block("call_depth", 100)), Map.of()),
                "text",
                "the limit of 100 open calls is exceeded: 101 asked for (option"
                        + " limits.call_depth)");
    }

    @Test
    void keepsItsDeadline() {
        TextProcessor processor = processor(echoing(code().loop().br(0).end()).bytes());

        assertThatThrownBy(() -> processor.process(new Metered("text", 50_000_000)))
                .isInstanceOf(DeadlinePassedException.class)
                .hasMessage("the deadline has passed");
        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void usesAsMuchFuelEachTimeAndNoMoreThanItHas() throws Exception {
        long fuel = fuel(processor(calling(1)));
        TextProcessor busy = processor(calling(101));
        TextProcessor enough = processor(calling(1), Map.of(), Map.of("fuel_level", fuel));
        TextProcessor little = processor(calling(1), Map.of(), Map.of("fuel_level", fuel - 1));

        for (int call = 0; call < 20; call++) {
            assertThat(fuel(busy)).isEqualTo(fuel + 100);
            assertThat(fuel(enough)).isEqualTo(fuel);
            exceeded(
                    little,
                    "text",
                    "the limit of " + (fuel - 1) + " fuel is exceeded (option options.fuel_level)");
        }
    }

    /** A call is a unit of fuel. */
    private byte[] calling(int times) {
        Code calls = code().row(times, code().call(functions()));
        return echoing(calls).function(0, 0, 0, code()).bytes();
    }

    private static long fuel(TextProcessor processor) throws Exception {
        Metered call = new Metered("text", ProcessorCall.NO_DEADLINE);
        assertThat(processor.process(call).text().string()).isEqualTo("text");
        return call.fuel();
    }

    @Test
    void forgetsEachMessage() throws Exception {
        List<String> texts = List.of("the first secret", "the second", "the third message");
        byte[] hoarding = hoarding();
        TextProcessor processor = processor(hoarding);

        // It would tell if it could.
        assertThat(answersOfOneInstance(hoarding, texts)).containsOnly("the first secret");
        for (String text : texts) {
            assertThat(answer(processor, text)).isEqualTo(text);
        }
    }

    @Test
    void twoThreadsDoNotMeet() throws Exception {
        TextProcessor hoarding = processor(hoarding());
        TextProcessor appending = processor(appending("!"));

        try (Hammer hammer = new Hammer(2)) {
            hammer.run(
                    2000,
                    number -> {
                        String text = "message " + number + " ä".repeat(number % 50);
                        assertThat(answer(hoarding, text)).isEqualTo(text);
                        assertThat(answer(appending, text)).isEqualTo(text + "!");
                    });
        }
    }

    private static void exceeded(TextProcessor processor, String text, String message) {
        assertThatThrownBy(() -> processor.process(with(text)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(message);
    }
}
