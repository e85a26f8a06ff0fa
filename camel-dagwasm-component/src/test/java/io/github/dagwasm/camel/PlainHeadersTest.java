package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlainHeadersTest {

    private static final int NAMES = 20_000;

    /** What is near to the spelling's own signs, and what is far from them. */
    private static final List<String> SIGNS =
            List.of(
                    "_",
                    "_",
                    "_",
                    "x",
                    "X",
                    "0041",
                    "F",
                    "f",
                    "a",
                    "A",
                    ".",
                    "-",
                    "é",
                    "\n",
                    "\ud83d\ude42",
                    "\ud800",
                    "D",
                    "OT",
                    "DOT",
                    "HYPHEN",
                    "_DOT_",
                    "x0044_OT");

    private static final List<String> NEAR_ESCAPES =
            List.of(" ", "[", "]", "\\", "u", "{", "}", "20", "5b", "é", "e9", "\n");

    static LongStream seeds() {
        return LongStream.of(1, 2, new Random().nextLong());
    }

    @ParameterizedTest
    @CsvSource({
        "count, word_count, dagwasm.count.word_count",
        "a b, c.d, dagwasm.a_x0020_b.c_x002E_d",
        "_x0041_, _X, dagwasm._x005F_x0041_._X",
        "grün, 'word_freq_a-b', dagwasm.gr_x00FC_n.word_freq_a_x002D_b",
        "a_DOT, b_DOT_c_HYPHEN_d, dagwasm.a__x0044_OT.b__x0044_OT_c__x0048_YPHEN_d",
        "éDOT, DOT_HYPHENATED, dagwasm._x00E9__x0044_OT.DOT__x0048_YPHENATED",
        "a_dot_b, _DO, dagwasm.a_dot_b._DO",
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
            assertThat(throughJms(name)).as("seed " + seed).isEqualTo(name);
            assertThat(seen.getOrDefault(name, parts)).as("seed " + seed).isEqualTo(parts);
            seen.put(name, parts);
        }
    }

    private static String part(Random random) {
        StringBuilder part = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            part.append(SIGNS.get(random.nextInt(SIGNS.size())));
        }
        return part.toString();
    }

    /** What Camel's JMS component makes of a name when it sends, and of that when it receives. */
    private static String throughJms(String name) {
        return name.replace(".", "_DOT_")
                .replace("-", "_HYPHEN_")
                .replace("_DOT_", ".")
                .replace("_HYPHEN_", "-");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void valuesAreOneLineOfPrintableAsciiOfAtMostAKibibyte(long seed) {
        Random random = new Random(seed);

        for (int i = 0; i < 300; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(2000); length > 0; length--) {
                value.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0x11000));
            }

            String line = PlainHeaders.line(value.toString());

            assertThat(line).as("seed " + seed).hasSizeLessThanOrEqualTo(1024).matches("[ -~]*");
            assertThat(line.strip()).as("seed " + seed).isEqualTo(line);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void twoValuesThatAreWholeNeverBecomeOne(long seed) {
        Random random = new Random(seed);
        Map<String, String> seen = new HashMap<>();

        for (int i = 0; i < NAMES; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                value.append(NEAR_ESCAPES.get(random.nextInt(NEAR_ESCAPES.size())));
            }

            String before = seen.put(PlainHeaders.line(value.toString()), value.toString());

            assertThat(before).as("seed " + seed).isIn(null, value.toString());
        }
    }

    static List<Arguments> values() {
        return List.of(
                Arguments.of("", ""),
                Arguments.of("a  b", "a  b"),
                Arguments.of(" a  b ", "\\u{20}a  b\\u{20}"),
                Arguments.of(" ", "\\u{20}"),
                Arguments.of("Grüße\t🦀\n", "Gr\\u{fc}\\u{df}e\\u{9}\\u{1f980}\\u{a}"),
                Arguments.of("\ud800\u007f", "\\u{d800}\\u{7f}"),
                Arguments.of("C:\\u{a}", "C:\\\\u{a}"),
                Arguments.of("[1,2]", "\\u{5b}1,2]"),
                Arguments.of("[]", "\\u{5b}]"),
                Arguments.of("[1] [2", "[1] [2"),
                Arguments.of(" [1]", "\\u{20}[1]"),
                Arguments.of("a".repeat(1024), "a".repeat(1024)),
                Arguments.of("a".repeat(1025), "a".repeat(1021) + "..."),
                Arguments.of("a".repeat(1018) + "éé", "a".repeat(1018) + "..."),
                Arguments.of("a".repeat(1018) + "é", "a".repeat(1018) + "\\u{e9}"),
                Arguments.of("é".repeat(170), "\\u{e9}".repeat(170)),
                Arguments.of("é".repeat(171), "\\u{e9}".repeat(170) + "..."));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesAreWrittenSoThatEveryTransportCarriesThem(String value, String line) {
        assertThat(PlainHeaders.line(value)).isEqualTo(line);
    }
}
