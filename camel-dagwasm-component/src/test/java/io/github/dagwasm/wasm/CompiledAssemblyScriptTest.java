package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compiler makes of {@code hello.ts}, which says how. */
class CompiledAssemblyScriptTest {

    private static final Path MODULES = Path.of("src/test/resources/assemblyscript");
    private static final int CALLS = 20_000;
    private static final int LIMIT = 10 << 20;

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    private TextProcessor processor(String module, Map<String, Object> options) {
        return (TextProcessor)
                backend.create(definition(MODULES.resolve(module), Map.of(), options, Map.of()));
    }

    private TextProcessor function(String name) {
        return processor("hello.wasm", Map.of("function", name));
    }

    @Test
    void answersAsItsSourceSays() throws Exception {
        TextProcessor hello = processor("hello.wasm", Map.of());
        String book = "Grüße 🌍 ".repeat(100_000);

        for (int i = 0; i < CALLS; i++) {
            assertThat(hello.process(with("hëllo 🌍")).text().string()).isEqualTo("hëllo 🌍-wasm");
        }
        assertThat(hello.process(with("")).text().string()).isEqualTo("-wasm");
        assertThat(hello.process(with(book)).text().string().equals(book + "-wasm")).isTrue();
        assertThat(function("upper").process(with("straße")).text().string()).isEqualTo("STRASSE");
    }

    /** Ten megabytes of ASCII are twenty in the guest, which its memory holds twice. */
    @Test
    void aTextThatDoublesInTheGuestIsTakenToTheLimit() throws Exception {
        TextProcessor hello = processor("hello.wasm", Map.of());
        String most = "a".repeat(LIMIT - "-wasm".length());

        assertThat(hello.process(with(most)).text().utf8Length()).isEqualTo(LIMIT);
        assertThatThrownBy(() -> hello.process(with(most + "a")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 10485760 output bytes is exceeded (option"
                                + " limits.output_bytes)");
        assertThat(hello.process(with("a")).text().string()).isEqualTo("a-wasm");
    }

    /** A pair of surrogates has four bytes in both forms, another character up to three in one. */
    @ParameterizedTest
    @ValueSource(strings = {"🌍", "€", "ü"})
    void itsLimitCountsUtf8(String character) throws Exception {
        int bytes = character.getBytes(UTF_8).length;
        TextProcessor hello = processor("hello.wasm", Map.of());
        String most = character.repeat((LIMIT - "-wasm".length()) / bytes);

        assertThat(hello.process(with(most)).text().utf8Length())
                .isEqualTo(most.getBytes(UTF_8).length + "-wasm".length());
        assertThatThrownBy(() -> hello.process(with(most + character)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 10485760 output bytes is exceeded: "
                                + (most.getBytes(UTF_8).length + bytes + "-wasm".length())
                                + " asked for (option limits.output_bytes)");
    }

    @Test
    void tellsWhatItThrowsAndWhere() {
        assertThatThrownBy(() -> function("upper").process(with("!\u0007")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage("the guest aborted: guest: no shouting: !\\u{7} (hello.ts:11:5)");
        assertThatThrownBy(() -> function("at").process(with("x")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage("the guest aborted: guest: Index out of range (~lib/array.ts:114:42)");
    }

    @Test
    void isRefusedWithoutItsRuntime() {
        assertThatThrownBy(() -> processor("without_runtime.wasm", Map.of("abi", "assemblyscript")))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "processor 'append' (without_runtime.wasm): it looks like AssemblyScript that"
                                + " was built without its runtime (it imports env.abort and exports"
                                + " no '__new'), so no text can be handed to it; build it with: asc"
                                + " ... --exportRuntime");
    }
}
