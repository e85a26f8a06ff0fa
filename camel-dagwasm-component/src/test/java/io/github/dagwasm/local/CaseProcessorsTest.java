package io.github.dagwasm.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaseProcessorsTest {

    private static final String UPPER = "change_text_case_upper";
    private static final String LOWER = "change_text_case_lower";
    private static final String PROPER = "change_text_case_proper";
    private static final String TITLE = "change_text_case_title";
    private static final List<String> ALL = List.of(UPPER, LOWER, PROPER, TITLE);

    @Test
    void changesEveryLetter() {
        assertThat(LocalCall.text(UPPER, "Straße, ﬁn, ǆ, 🦀 ñ")).isEqualTo("STRASSE, FIN, Ǆ, 🦀 Ñ");
        assertThat(LocalCall.text(LOWER, "STRASSE, ΟΔΟΣ, Ǆ, 🦀 Ñ 𐐀"))
                .isEqualTo("strasse, οδος, ǆ, 🦀 ñ 𐐨");
    }

    @ParameterizedTest
    @CsvSource({
        "hello WORLD, Hello World",
        "(hELLO), (Hello)",
        "3RD, 3rd",
        "o'NEILL, O'neill",
        "jean-LUC, Jean-luc",
        "ΟΔΥΣΣΕΥΣ ΣΑΣ, Οδυσσευς Σας",
        "İSTANBUL, İstanbul",
        "xİ, Xi\u0307",
        "ǆUNGLA, ǅungla",
        "ßTRASSE, ßtrasse",
        "e\u0301COLE, E\u0301cole",
        "🦀RUST, 🦀Rust",
        "𐐨𐐀, 𐐀𐐨",
        "— THE end, — The End"
    })
    void capitalizesEveryWord(String text, String proper) {
        assertThat(LocalCall.text(PROPER, text)).isEqualTo(proper);
    }

    @ParameterizedTest
    @CsvSource({
        "the LORD of THE rings, The Lord of the Rings",
        "WHAT is it FOR, What Is It For",
        "a, A",
        "a AND the, A and The",
        "'of mice (AND) \"men\"', Of Mice (and) \"Men\"",
        "'come on, by AND, with us', 'Come on, by and, with Us'",
        "— the end of THE —, — The End of The —",
        "1 of 2, 1 of 2",
        "an o'the a-b to-do, An O'the A-b To-do"
    })
    void keepsSmallWordsInsideATitleLow(String text, String title) {
        assertThat(LocalCall.text(TITLE, text)).isEqualTo(title);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a and b",
                "x an b",
                "x at b",
                "x but b",
                "x by b",
                "x for b",
                "x in b",
                "x of b",
                "x on b",
                "x or b",
                "x the b",
                "x to b",
                "x with b",
                "x a b"
            })
    void knowsEverySmallWord(String text) {
        String small = text.substring(1, text.length() - 1);

        assertThat(LocalCall.text(TITLE, text))
                .isEqualTo(text.substring(0, 1).toUpperCase(Locale.ROOT) + small + "B");
    }

    @Test
    void preservesWhitespaceExactly() {
        String spaces = " \t\r\n\u00a0\u2003\u2028\u3000\u0085 ";

        for (String name : ALL) {
            assertThat(LocalCall.text(name, "")).isEmpty();
            assertThat(LocalCall.text(name, spaces)).isEqualTo(spaces);
        }
        assertThat(LocalCall.text(PROPER, spaces + "aB" + spaces + "cD" + spaces))
                .isEqualTo(spaces + "Ab" + spaces + "Cd" + spaces);
        assertThat(LocalCall.text(TITLE, spaces + "aB" + spaces + "OF" + spaces + "cD" + spaces))
                .isEqualTo(spaces + "Ab" + spaces + "of" + spaces + "Cd" + spaces);
    }

    @Test
    void doesNotDependOnTheDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            assertThat(LocalCall.text(UPPER, "istanbul")).isEqualTo("ISTANBUL");
            assertThat(LocalCall.text(LOWER, "ISTANBUL")).isEqualTo("istanbul");
            assertThat(LocalCall.text(PROPER, "iSTANBUL")).isEqualTo("Istanbul");
            assertThat(LocalCall.text(TITLE, "x IN iSTANBUL")).isEqualTo("X in Istanbul");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void manyWordsOrOneOfAMebibyteAreNoTrouble() {
        String words = "aB ".repeat(LocalCall.MEBI / 3);
        String word = "aB".repeat(LocalCall.MEBI / 2);

        assertThat(LocalCall.text(PROPER, words)).isEqualTo("Ab ".repeat(LocalCall.MEBI / 3));
        assertThat(LocalCall.text(TITLE, words)).isEqualTo("Ab ".repeat(LocalCall.MEBI / 3));
        assertThat(LocalCall.text(TITLE, word))
                .isEqualTo("Ab" + "ab".repeat(LocalCall.MEBI / 2 - 1));
        assertThat(LocalCall.text(TITLE, "-".repeat(LocalCall.MEBI)))
                .isEqualTo("-".repeat(LocalCall.MEBI));
    }
}
