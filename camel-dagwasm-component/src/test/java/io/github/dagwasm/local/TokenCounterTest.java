package io.github.dagwasm.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCounterTest {

    @Test
    void countsNothingInAnEmptyText() {
        counts(Map.of(), "")
                .containsExactly(
                        Map.entry("char_count", "0"),
                        Map.entry("word_count", "0"),
                        Map.entry("line_count", "0"));
    }

    @Test
    void countsCodePointsNotCharactersOrBytes() {
        counts(Map.of(), "é🦀 e\u0301").containsEntry("char_count", "5");
    }

    @Test
    void countsWhatStandsBetweenWhitespaceOfAnyKind() {
        counts(Map.of(), "one, two—three\u00a0four\u3000five\u2028- \u200b")
                .containsEntry("word_count", "6");
        counts(Map.of(), " \t\u00a0\n").containsEntry("word_count", "0");
    }

    @ParameterizedTest
    @CsvSource({
        "a, 1",
        "'a\n', 1",
        "'a\nb', 2",
        "'a\n\n', 2",
        "'\n', 1",
        "'a\r\nb\r\n', 2",
        "'a\rb', 2",
        "'a\n\rb', 3",
        "'a\u2028b\u0085c', 1"
    })
    void aLineBreakAtTheEndBeginsNoOtherLine(String text, String lines) {
        counts(Map.of(), text).containsEntry("line_count", lines);
    }

    @ParameterizedTest
    @CsvSource({"words, 3", "characters, 12", "lines, 2"})
    void repeatsTheCountThatIsAskedFor(String type, String count) {
        counts(Map.of("count_type", type), "one two\nsix\n")
                .containsExactly(
                        Map.entry("char_count", "12"),
                        Map.entry("word_count", "3"),
                        Map.entry("line_count", "2"),
                        Map.entry("count", count));
    }

    @Test
    void aMebibyteIsNoTrouble() {
        int mebi = LocalCall.MEBI;

        counts(Map.of(), "x".repeat(mebi))
                .containsEntry("char_count", Integer.toString(mebi))
                .containsEntry("word_count", "1");
        counts(Map.of(), "x\n".repeat(mebi / 2))
                .containsEntry("word_count", Integer.toString(mebi / 2))
                .containsEntry("line_count", Integer.toString(mebi / 2));
    }

    private static MapAssert<String, String> counts(Map<String, Object> options, String text) {
        return assertThat(LocalCall.metadata("token_counter", options, text));
    }
}
