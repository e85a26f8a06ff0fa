package io.github.dagwasm.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.LimitExceededException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordFrequencyAnalyzerTest {

    @Test
    void tellsTheMostFrequentFirstAndEqualsByTheAlphabet() {
        frequencies(Map.of(), "pear Apple fig apple PEAR, date apple.")
                .containsExactly(
                        Map.entry("word_freq_apple", "3"),
                        Map.entry("word_freq_pear", "2"),
                        Map.entry("word_freq_date", "1"),
                        Map.entry("word_freq_fig", "1"),
                        Map.entry("total_unique_words", "4"));
    }

    @Test
    void keepsTheTopAndCountsAllUniqueWords() {
        frequencies(Map.of("top", 2L), "b a c a b d")
                .containsExactly(
                        Map.entry("word_freq_a", "2"),
                        Map.entry("word_freq_b", "2"),
                        Map.entry("total_unique_words", "4"));
    }

    @Test
    void leavesOutThePunctuationAroundAWordButNotInsideIt() {
        frequencies(Map.of(), "“Don't!” (don't) — ¿c++? _x_ ... $5 🦀. İ")
                .containsExactly(
                        Map.entry("word_freq_don't", "2"),
                        Map.entry("word_freq_$5", "1"),
                        Map.entry("word_freq_c++", "1"),
                        Map.entry("word_freq_i\u0307", "1"),
                        Map.entry("word_freq_x", "1"),
                        Map.entry("word_freq_🦀", "1"),
                        Map.entry("total_unique_words", "6"));
    }

    @Test
    void foldsFinalSigmaAsTheWordHasIt() {
        frequencies(Map.of(), "ΟΔΟΣ οδος")
                .containsExactly(
                        Map.entry("word_freq_οδος", "2"), Map.entry("total_unique_words", "1"));
    }

    @Test
    void findsNoWordsInAnEmptyTextOrWhitespace() {
        frequencies(Map.of(), "").containsExactly(Map.entry("total_unique_words", "0"));
        frequencies(Map.of(), " \n\u00a0 … ").containsExactly(Map.entry("total_unique_words", "0"));
    }

    @Test
    void doesNotDependOnTheDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            frequencies(Map.of(), "I").containsKey("word_freq_i");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aMebibyteIsNoTrouble() {
        String unique =
                IntStream.range(0, 150_000)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" "));

        frequencies(Map.of("top", 1L), unique)
                .containsExactly(
                        Map.entry("word_freq_0", "1"), Map.entry("total_unique_words", "150000"));
        frequencies(Map.of(), "!".repeat(LocalCall.MEBI))
                .containsExactly(Map.entry("total_unique_words", "0"));
    }

    /** Ten megabytes of different words would take hundreds in the heap. */
    @ParameterizedTest
    @ValueSource(longs = {1, Integer.MAX_VALUE})
    void aTextOfTooManyDifferentWordsFailsBeforeTheyFillTheHeap(long top) {
        String unique =
                IntStream.rangeClosed(0, 1_500_000)
                        .mapToObj(i -> Integer.toString(i, Character.MAX_RADIX))
                        .collect(Collectors.joining(" "));

        assertThatThrownBy(() -> frequencies(Map.of("top", top), unique))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 200000 unique words is exceeded (option none, it is fixed;"
                                + " split the text)");
    }

    private static MapAssert<String, String> frequencies(Map<String, Object> options, String text) {
        return assertThat(LocalCall.metadata("word_frequency_analyzer", options, text));
    }
}
