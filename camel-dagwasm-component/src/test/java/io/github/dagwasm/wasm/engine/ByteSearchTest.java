package io.github.dagwasm.wasm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSearchTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void findsWhatALoopFinds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                // Neighbours of each other, of zero and of the sign: where a borrow could mislead.
                bytes[i] = (byte) (random.nextInt(4) - 2 + (random.nextBoolean() ? 0 : 128));
            }
            byte value = (byte) (random.nextInt(4) - 2);
            int from = random.nextInt(bytes.length + 1);
            int to = random.nextInt(from, bytes.length + 1);

            assertThat(ByteSearch.indexOf(bytes, value, from, to))
                    .isEqualTo(byLoop(bytes, value, from, to));
        }
    }

    private static int byLoop(byte[] bytes, byte value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == value) {
                return i;
            }
        }
        return ByteSearch.NOT_FOUND;
    }

    @Test
    void looksNoFurtherThanTheArray() {
        assertThatThrownBy(() -> ByteSearch.indexOf(new byte[10], (byte) 1, 8, 20))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
