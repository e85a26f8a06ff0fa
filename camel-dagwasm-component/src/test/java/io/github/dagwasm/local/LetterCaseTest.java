package io.github.dagwasm.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LetterCaseTest {

    @ParameterizedTest
    @CsvSource({
        "Σ, σ",
        "ΑΣ, ας",
        "ΑΣΑ, ασα",
        "ΑΣΣ, ασς",
        "'ΑΣ ΑΣ', 'ας ας'",
        "ΑΣ., ας.",
        "'ΑΣ''Α', 'ασ''α'",
        "ΑΣ-Α, ας-α",
        "Α\u0301Σ\u0301, α\u0301ς\u0301",
        "Α\u0301Σ\u0301Α, α\u0301σ\u0301α",
        "1Σ, 1σ",
        "𐐀Σ, 𐐨ς",
        "Σ𐐀, σ𐐨"
    })
    void aSigmaIsFinalAfterACasedLetterAndBeforeNone(String text, String lower) {
        assertThat(LetterCase.lower(text)).isEqualTo(lower);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithTheJdkOnRandomTexts(long seed) {
        Random random = new Random(seed);
        String alphabet = "aBßİıſǆǅǄΑασς ﬁΐ\u0301\u0345ŉᾳᾼႠᲐაꮭᎭ1-🦀𐐀𐐨";
        int[] letters = alphabet.codePoints().toArray();

        for (int round = 0; round < 20; round++) {
            StringBuilder built = new StringBuilder();
            random.ints(random.nextInt(3000), 0, letters.length)
                    .forEach(letter -> built.appendCodePoint(letters[letter]));
            String text = built.toString();

            assertThat(LetterCase.upper(text)).isEqualTo(text.toUpperCase(Locale.ROOT));
            assertThat(LetterCase.lower(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
        }
    }

    /** The JDK's own changes of case take minutes to hours over these. */
    @Test
    void lettersThatBecomeSeveralAndSigmasCostNoMoreThanOthers() {
        int mebi = LocalCall.MEBI;

        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> {
                    assertThat(LetterCase.upper("ß".repeat(mebi)).equals("S".repeat(2 * mebi)))
                            .isTrue();
                    assertThat(LetterCase.lower("İ".repeat(mebi)).equals("i\u0307".repeat(mebi)))
                            .isTrue();
                    assertThat(
                                    LetterCase.capitalize("Σ".repeat(mebi))
                                            .equals("Σ" + "σ".repeat(mebi - 2) + "ς"))
                            .isTrue();
                });
    }

    @Test
    void aPairOfSurrogatesIsNeverTakenApart() {
        String shifted = "x" + "𐐀".repeat(5000);

        assertThat(LetterCase.lower(shifted)).isEqualTo("x" + "𐐨".repeat(5000));
        assertThat(LetterCase.upper(LetterCase.lower(shifted))).isEqualTo("X" + "𐐀".repeat(5000));
    }
}
