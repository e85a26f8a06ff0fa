package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.GuestFailureException;
import io.github.dagwasm.spi.ModuleRefusedException;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the compiler makes of {@code hello.ts}, which says how. */
class CompiledAssemblyScriptTest {

    private static final Path MODULES = Path.of("src/test/resources/assemblyscript");
    private static final int CALLS = 20_000;

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
