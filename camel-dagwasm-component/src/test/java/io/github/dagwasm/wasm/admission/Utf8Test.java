package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    private final CharsetDecoder decoder = UTF_8.newDecoder();

    @Test
    void findsThePlaceThatIsMalformed() {
        assertThat(firstMalformed('a', 'b', 0xff)).isEqualTo(2);
        assertThat(firstMalformed('a', 0xc3, 0xa9, 0xc0, 0xaf)).isEqualTo(3);
        assertThat(firstMalformed(0xed, 0xa0, 0x80)).isZero();
        assertThat(firstMalformed('a', 0xe2, 0x82)).isEqualTo(1);
        assertThat(firstMalformed(0xf4, 0x90, 0x80, 0x80)).isZero();
        assertThat(firstMalformed(0xf4, 0x8f, 0xbf, 0xbf)).isEqualTo(4);
        assertThat(firstMalformed()).isZero();
    }

    @Test
    void agreesWithTheJdkOnAllTextsOfOneAndTwoBytes() {
        for (int first = 0; first < 256; first++) {
            agrees(bytes(first));
            for (int second = 0; second < 256; second++) {
                agrees(bytes(first, second));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheJdkOnRandomTexts(long seed) {
        Random random = new Random(seed);
        int[] telling = {0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0};
        int[] more = {0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff, 'a'};
        for (int i = 0; i < 200_000; i++) {
            byte[] text = new byte[random.nextInt(9)];
            for (int at = 0; at < text.length; at++) {
                int[] from = random.nextBoolean() ? telling : more;
                text[at] = (byte) from[random.nextInt(from.length)];
            }
            agrees(text);
        }
    }

    private void agrees(byte[] text) {
        ByteBuffer in = ByteBuffer.wrap(text);
        boolean malformed =
                decoder.reset().decode(in, CharBuffer.allocate(text.length + 1), true).isError();
        int expected = malformed ? in.position() : text.length;

        assertThat(Utf8.firstMalformed(text, 0, text.length))
                .as(Arrays.toString(text))
                .isEqualTo(expected);
    }

    private static int firstMalformed(int... text) {
        return Utf8.firstMalformed(bytes(text), 0, text.length);
    }
}
