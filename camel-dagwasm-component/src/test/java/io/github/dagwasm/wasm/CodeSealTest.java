package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seal is the HMAC that everybody else has. */
class CodeSealTest {

    /** Test case 2 of RFC 4231. */
    @Test
    void isTheHmacOfTheStandard() {
        CodeSeal seal = new CodeSeal("Jefe".getBytes(StandardCharsets.UTF_8), "");

        byte[] hmac = seal.hmac("what do ya want for nothing?".getBytes(StandardCharsets.UTF_8));

        assertThat(HexFormat.of().formatHex(hmac))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isTheHmacOfTheJdk(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] secret = bytes(random, 1 + random.nextInt(64));
            byte[] text = bytes(random, random.nextInt(1000));
            int middle = random.nextInt(text.length + 1);
            Mac jdk = Mac.getInstance("HmacSHA256");
            jdk.init(new SecretKeySpec(secret, "HmacSHA256"));

            byte[] hmac =
                    new CodeSeal(secret, "")
                            .hmac(
                                    Arrays.copyOf(text, middle),
                                    Arrays.copyOfRange(text, middle, text.length));

            assertThat(hmac).isEqualTo(jdk.doFinal(text));
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
