package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalTextTest {

    private static String named(String text) {
        Map<String, String> names = WasmPolicy.namesOfSettings();
        return RefusalText.named(text, key -> names.getOrDefault(key, key));
    }

    @Test
    void namesAnOptionAsTheUserDoes() {
        assertThat(named("locals: 9, over the budget of 8 (option wasm.admission.locals)"))
                .isEqualTo(
                        "locals: 9, over the budget of 8 (option admission[locals]"
                                + " of the component)");
        assertThat(named("not loaded within 1 s (option wasm.load_timeout_seconds)"))
                .isEqualTo("not loaded within 1 s (option loadTimeout of the component)");
    }

    @Test
    void leavesEverythingElse() {
        assertThat(named("import '(option wasm.admission.locals)' is not provided"))
                .isEqualTo("import '(option wasm.admission.locals)' is not provided");
        assertThat(named("(option limits.memory_mb)")).isEqualTo("(option limits.memory_mb)");
    }
}
