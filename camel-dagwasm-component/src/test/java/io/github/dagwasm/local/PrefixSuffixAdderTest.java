package io.github.dagwasm.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrefixSuffixAdderTest {

    @Test
    void putsTheTextBetweenPrefixAndSuffix() {
        Map<String, Object> options = Map.of("prefix", "🦀 Rust + WASM: ", "suffix", " ✨");

        assertThat(added(options, "hello world-wasm"))
                .isEqualTo("🦀 Rust + WASM: hello world-wasm ✨");
        assertThat(added(options, "")).isEqualTo("🦀 Rust + WASM:  ✨");
    }

    @Test
    void bracketsWhereNeitherIsGiven() {
        assertThat(added(Map.of(), "a\n")).isEqualTo("[a\n]");
        assertThat(added(Map.of(), "")).isEqualTo("[]");
    }

    @Test
    void theOtherIsEmptyWhereOneIsGivenEvenAnEmptyOne() {
        assertThat(added(Map.of("prefix", "> "), "a")).isEqualTo("> a");
        assertThat(added(Map.of("suffix", "!"), "a")).isEqualTo("a!");
        assertThat(added(Map.of("prefix", ""), "a")).isEqualTo("a");
        assertThat(added(Map.of("prefix", "", "suffix", ""), "a")).isEqualTo("a");
    }

    private static String added(Map<String, Object> options, String text) {
        return LocalCall.result("prefix_suffix_adder", options, text).text().string();
    }
}
