package io.github.dagwasm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeySpecTest {

    @Test
    void aKeyIsOptionalAndFreeUntilItIsNarrowed() {
        KeySpec spec = KeySpec.of("size", KeySpec.Type.INTEGER, "How much.");

        assertThat(spec.name()).isEqualTo("size");
        assertThat(spec.type()).isEqualTo(KeySpec.Type.INTEGER);
        assertThat(spec.description()).isEqualTo("How much.");
        assertThat(spec.aliases()).isEmpty();
        assertThat(spec.required()).isFalse();
        assertThat(spec.defaultValue()).isEmpty();
        assertThat(spec.range()).isEmpty();
        assertThat(spec.choices()).isEmpty();
        assertThat(spec.keys()).isEmpty();
        assertThat(spec.format()).isEmpty();
    }

    @Test
    void everyNarrowingKeepsTheOthersAndLeavesTheFirstAsItWas() {
        KeySpec first = KeySpec.of("level", KeySpec.Type.STRING, "Which.");

        KeySpec last =
                first.alias("stage")
                        .alias("step")
                        .mandatory()
                        .defaultsTo("1")
                        .between(1, 9)
                        .oneOf(List.of("z", "a", "m"))
                        .matching("[a-z]", "a letter")
                        .alias("rung");

        assertThat(first).isEqualTo(KeySpec.of("level", KeySpec.Type.STRING, "Which."));
        assertThat(last.name()).isEqualTo("level");
        assertThat(last.type()).isEqualTo(KeySpec.Type.STRING);
        assertThat(last.description()).isEqualTo("Which.");
        assertThat(last.aliases()).containsExactly("stage", "step", "rung");
        assertThat(last.required()).isTrue();
        assertThat(last.defaultValue()).contains("1");
        assertThat(last.range()).contains(new KeySpec.Range(1, 9));
        assertThat(last.choices().keySet()).containsExactly("z", "a", "m");
        assertThat(last.format())
                .hasValueSatisfying(
                        format -> {
                            assertThat(format.pattern().pattern()).isEqualTo("[a-z]");
                            assertThat(format.description()).isEqualTo("a letter");
                        });
    }

    @Test
    void choicesKeepTheirOrderAndTheirOptions() {
        KeySpec option = KeySpec.of("top", KeySpec.Type.INTEGER, "How many.");
        Map<String, List<KeySpec>> choices = new LinkedHashMap<>();
        choices.put("z", List.of(option));
        choices.put("a", List.of());
        KeySpec spec = KeySpec.of("impl", KeySpec.Type.STRING, "Which.").choosing(choices);

        choices.clear();

        assertThat(spec.choices())
                .containsExactly(Map.entry("z", List.of(option)), Map.entry("a", List.of()));
        assertThatThrownBy(() -> spec.choices().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aBlockHasKeysOfItsOwn() {
        KeySpec inner = KeySpec.of("memory_mb", KeySpec.Type.INTEGER, "Memory.");

        KeySpec block = KeySpec.block("limits", "What it may use.", List.of(inner)).mandatory();

        assertThat(block.type()).isEqualTo(KeySpec.Type.BLOCK);
        assertThat(block.keys()).containsExactly(inner);
        assertThat(block.required()).isTrue();
    }

    @Test
    void everyTypeHasANounForErrors() {
        assertThat(KeySpec.Type.values())
                .extracting(KeySpec.Type::noun)
                .containsExactly(
                        "a string",
                        "a string",
                        "a whole number",
                        "a number",
                        "true or false",
                        "a list of strings",
                        "a block of keys");
    }
}
