package io.github.dagwasm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.MalformedTextException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    private static final String MIXED = "a\u0000é\u07ff\u0800€\uffff𐀀🦀\udbff\udfff";

    @Test
    void givesBackTheVeryFormItWasMadeOf() {
        byte[] bytes = MIXED.getBytes(StandardCharsets.UTF_8);

        assertThat(Text.of(MIXED).string()).isSameAs(MIXED);
        assertThat(Text.ofUtf8(bytes).utf8()).isSameAs(bytes);
    }

    @Test
    void makesTheOtherFormOnce() {
        byte[] bytes = MIXED.getBytes(StandardCharsets.UTF_8);
        Text ofString = Text.of(MIXED);
        Text ofBytes = Text.ofUtf8(bytes);

        assertThat(ofString.utf8()).isEqualTo(bytes).isSameAs(ofString.utf8());
        assertThat(ofBytes.string()).isEqualTo(MIXED).isSameAs(ofBytes.string());
        assertThat(ofString.string()).isSameAs(MIXED);
        assertThat(ofBytes.utf8()).isSameAs(bytes);
    }

    @Test
    void knowsItsLengthInUtf8InEitherForm() {
        int length = MIXED.getBytes(StandardCharsets.UTF_8).length;

        assertThat(Text.of(MIXED).utf8Length()).isEqualTo(length);
        assertThat(Text.ofUtf8(MIXED.getBytes(StandardCharsets.UTF_8)).utf8Length())
                .isEqualTo(length);
        assertThat(Text.EMPTY.utf8Length()).isZero();
        assertThat(Text.EMPTY.utf8()).isEmpty();
        assertThat(Text.ofUtf8(new byte[0]).string()).isEmpty();
    }

    @Test
    void tellsItsSizeAndNeverItsContent() {
        assertThat(Text.of("secret é")).hasToString("Text[9 bytes]");
        assertThat(Text.of("secret \ud800")).hasToString("Text[malformed]");
        assertThat(Text.ofUtf8(new byte[] {'s', (byte) 0xff})).hasToString("Text[malformed]");
    }

    @Test
    void givesTheBytesAsTheyAreAlsoWhereTheyAreNoText() {
        byte[] noText = {'s', (byte) 0xff, 0};
        byte[] utf8 = MIXED.getBytes(StandardCharsets.UTF_8);

        assertThat(Text.ofUtf8(noText).bytes()).isSameAs(noText);
        assertThat(Text.ofUtf8(noText).byteLength()).isEqualTo(3);
        assertThat(Text.ofUtf8(noText).wellFormed()).isFalse();
        assertThat(Text.of(MIXED).bytes()).isEqualTo(utf8);
        assertThat(Text.of(MIXED).byteLength()).isEqualTo(utf8.length);
        assertThat(Text.of(MIXED).wellFormed()).isTrue();
        assertThat(Text.ofUtf8(utf8).wellFormed()).isTrue();
    }

    @Test
    void aStringWithHalfAPairHasNoBytes() {
        Text half = Text.of("a\ud800");

        assertThat(half.wellFormed()).isFalse();
        assertThatThrownBy(half::bytes)
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("unpaired surrogate at character 1 (U+D800)");
        assertThatThrownBy(half::byteLength)
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("unpaired surrogate at character 1 (U+D800)");
    }

    @Test
    void refusesNull() {
        assertThatThrownBy(() -> Text.of(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("string");
        assertThatThrownBy(() -> Text.ofUtf8(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("utf8");
    }

    @ParameterizedTest
    @CsvSource({
        "ff, 0, ff", // never a byte of UTF-8
        "61 80, 1, 80", // a continuation without a start
        "61 c3, 1, c3", // cut short
        "61 c3 41, 1, c3",
        "61 e2 82, 1, e2",
        "61 f0 9f a6, 1, f0",
        "c0 80, 0, c0", // overlong NUL
        "c1 bf, 0, c1",
        "61 e0 80 80, 1, e0",
        "f0 80 80 80, 0, f0",
        "c3 a9 ed a0 80, 2, ed", // surrogates
        "ed bf bf, 0, ed",
        "ed a0 bd ed b8 80, 0, ed",
        "f4 90 80 80, 0, f4", // above U+10FFFF
        "f5 80 80 80, 0, f5",
        "61 62 f8 88 80 80 80, 2, f8"
    })
    void malformedUtf8IsRefusedAtItsFirstByte(String hex, int offset, String value) {
        byte[] bytes = bytes(hex);

        assertRefused(
                Text.ofUtf8(bytes),
                "malformed UTF-8 at byte " + offset + " (0x" + value + ")",
                offset);
    }

    @ParameterizedTest
    @ValueSource(ints = {8191, 8192, 8193, 16384, 100_000})
    void theOffsetIsRightHoweverLongTheTextBefore(int length) {
        byte[] ascii = new byte[length + 1];
        ascii[length] = (byte) 0x80;
        byte[] mixed = new byte[2 * length + 3];
        for (int at = 0; at < 2 * length; at += 2) {
            mixed[at] = (byte) 0xc3;
            mixed[at + 1] = (byte) 0xa9;
        }
        mixed[2 * length] = (byte) 0xe2;
        mixed[2 * length + 1] = (byte) 0x82;

        assertRefused(Text.ofUtf8(ascii), "malformed UTF-8 at byte " + length + " (0x80)", length);
        assertRefused(
                Text.ofUtf8(mixed),
                "malformed UTF-8 at byte " + 2 * length + " (0xe2)",
                2L * length);
    }

    @ParameterizedTest
    @CsvSource({"0, D83E", "3, D83E", "3, DD80", "8193, D800", "8193, DFFF"})
    void anUnpairedSurrogateIsRefusedAtItsCharacter(int offset, String surrogate) {
        String string = "é".repeat(offset) + (char) Integer.parseInt(surrogate, 16);
        String message = "unpaired surrogate at character " + offset + " (U+" + surrogate + ")";

        assertRefused(Text.of(string), message, offset);
        assertRefused(Text.of(string + "a"), message, offset);
    }

    @Test
    void aPairTheWrongWayRoundIsRefusedAtItsFirstCharacter() {
        assertRefused(Text.of("a\udd80\ud83e"), "unpaired surrogate at character 1 (U+DD80)", 1);
        assertRefused(
                Text.of("a\ud83e\ud83e\udd80"), "unpaired surrogate at character 1 (U+D83E)", 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithTheJdkOnRandomBytes(long seed) {
        Random random = new Random(seed);
        byte[] alphabet = bytes("00 41 7f 80 9f a0 bf c2 c3 e0 e2 ed ef f0 f4 90 8f");

        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = alphabet[random.nextInt(alphabet.length)];
            }
            boolean wellFormed = new String(bytes, StandardCharsets.UTF_8).indexOf('\ufffd') < 0;

            if (wellFormed) {
                assertThat(Text.ofUtf8(bytes).string())
                        .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            } else {
                assertThatThrownBy(() -> Text.ofUtf8(bytes).string())
                        .isInstanceOf(MalformedTextException.class);
            }
        }
    }

    @Test
    void aReplacementCharacterOfTheTextsOwnIsKept() {
        assertThat(Text.ofUtf8(bytes("ef bf bd")).string()).isEqualTo("\ufffd");
    }

    @Test
    void allThreadsSeeOneAndTheSameForm() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 200; round++) {
                Text ofString = Text.of(MIXED + round);
                Text ofBytes = Text.ofUtf8((MIXED + round).getBytes(StandardCharsets.UTF_8));
                CyclicBarrier start = new CyclicBarrier(4);
                Callable<List<Object>> read =
                        () -> {
                            start.await();
                            return List.of(ofString.utf8(), ofBytes.string());
                        };

                Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
                for (Future<List<Object>> forms :
                        threads.invokeAll(List.of(read, read, read, read))) {
                    seen.addAll(forms.get());
                }

                assertThat(seen).hasSize(2).contains(ofString.utf8(), ofBytes.string());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Every way in says the same, and says it again. */
    private static void assertRefused(Text text, String message, long offset) {
        List<Callable<?>> ways = new ArrayList<>();
        ways.add(text::string);
        ways.add(text::utf8);
        ways.add(text::utf8Length);
        ways.add(text::string);
        for (Callable<?> way : ways) {
            assertThatThrownBy(way::call)
                    .isInstanceOfSatisfying(
                            MalformedTextException.class,
                            e -> {
                                assertThat(e.offset()).isEqualTo(offset);
                                assertThat(e.kind()).isEqualTo("malformed_text");
                                assertThat(e.retryable()).isFalse();
                            })
                    .hasMessage(message);
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }
}
