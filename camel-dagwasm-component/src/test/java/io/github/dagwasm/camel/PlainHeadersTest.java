package io.github.dagwasm.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlainHeadersTest {

    private static final int NAMES = 20_000;

    /** What is near to the spelling's own signs, and what is far from them. */
    private static final String SIGNS = "_xX0041FfaA.-é\n\ud83d\ude42\ud800";

    static LongStream seeds() {
        return LongStream.of(1, 2, new Random().nextLong());
    }

    @ParameterizedTest
    @CsvSource({
        "count, word_count, dagwasm.count.word_count",
        "a b, c.d, dagwasm.a_x0020_b.c_x002E_d",
        "_x0041_, _X, dagwasm._x005F_x0041_._X",
        "grün, 'word_freq_a-b', dagwasm.gr_x00FC_n.word_freq_a_x002D_b",
        "🙂, '', dagwasm._xD83D__xDE42_."
    })
    void namesHaveOnlyLettersDigitsAndUnderscores(String processor, String key, String name) {
        assertThat(PlainHeaders.name(processor, key)).isEqualTo(name);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void twoNamesNeverBecomeOne(long seed) {
        Random random = new Random(seed);
        Map<String, List<String>> seen = new HashMap<>();

        for (int i = 0; i < NAMES; i++) {
            List<String> parts = List.of(part(random), part(random));
            String name = PlainHeaders.name(parts.get(0), parts.get(1));

            assertThat(name).as("seed " + seed).matches("dagwasm\\.[A-Za-z0-9_]*\\.[A-Za-z0-9_]*");
            assertThat(seen.getOrDefault(name, parts)).as("seed " + seed).isEqualTo(parts);
            seen.put(name, parts);
        }
    }

    private static String part(Random random) {
        StringBuilder part = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            part.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return part.toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void valuesAreOneLineOfAtMostAKibibyte(long seed) {
        Random random = new Random(seed);

        for (int i = 0; i < 300; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(2000); length > 0; length--) {
                value.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0x11000));
            }

            String line = PlainHeaders.line(value.toString());

            assertThat(line.getBytes(UTF_8).length).as("seed " + seed).isLessThanOrEqualTo(1024);
            assertThat(line).as("seed " + seed).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}]");
        }
    }

    @Test
    void aValueThatFitsIsWhole() {
        assertThat(PlainHeaders.line("é".repeat(512))).isEqualTo("é".repeat(512));
        assertThat(PlainHeaders.line("é".repeat(513))).isEqualTo("é".repeat(510) + "…");
    }
}
