package io.github.dagwasm.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReverseTextTest {

    private static final String NAME = "reverse_text";

    @ParameterizedTest
    @CsvSource({
        "hello, olleh",
        "'ab cd ', ' dc ba'",
        "a👩‍👩‍👧‍👦b, b👩‍👩‍👧‍👦a",
        "a👍🏽👎🏿b, b👎🏿👍🏽a",
        "🇩🇪🇫🇷x🇹, 🇹x🇫🇷🇩🇪",
        "noe\u0308l\u0323\u0301, l\u0323\u0301e\u0308on",
        "각\u1112\u1161\u11ab글, 글\u1112\u1161\u11ab각",
        "किताब, बताकि",
        "x🏴󠁧󠁢󠁳󠁣󠁴󠁿y, y🏴󠁧󠁢󠁳󠁣󠁴󠁿x",
        "1️⃣2, 21️⃣",
        "❤️a, a❤️"
    })
    void keepsGraphemeClustersWhole(String text, String reversed) {
        assertThat(LocalCall.text(NAME, text)).isEqualTo(reversed);
        assertThat(LocalCall.text(NAME, reversed)).isEqualTo(text);
    }

    @Test
    void keepsWhitespaceAndALineBreakOfTwoCharacters() {
        assertThat(LocalCall.text(NAME, "")).isEmpty();
        assertThat(LocalCall.text(NAME, " \t")).isEqualTo("\t ");
        assertThat(LocalCall.text(NAME, "a\r\nb\n\rc")).isEqualTo("c\r\nb\r\na");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "\u0301",
                "🇩",
                "👨\u200d",
                "\u200d",
                "\u1100",
                "\u0600",
                "किि",
                "\r\n"
            })
    void aMebibyteIsNoTrouble(String unit) {
        String text = unit.repeat(LocalCall.MEBI / unit.length());

        String reversed = LocalCall.text(NAME, text);

        assertThat(reversed).hasSameSizeAs(text);
        assertThat(LocalCall.text(NAME, reversed).equals(text)).isTrue();
    }
}
