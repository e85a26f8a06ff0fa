package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code wasm_modules/redact.wasm} masks, and what it leaves. */
class RedactTest {

    private static WasmBackend backend;
    private static TextProcessor redact;

    @BeforeAll
    static void load() {
        backend = new WasmBackend();
        redact = (TextProcessor) backend.create(definition(Path.of("../wasm_modules/redact.wasm")));
    }

    @AfterAll
    static void close() {
        backend.close();
    }

    private static String redacted(String text) throws Exception {
        return redact.process(with(text)).text().string();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Write to joe.doe+x@mail.example.co.uk. | Write to [email].",
                "<JOE@EXAMPLE.COM>,jim@example.org | <[email]>,[email]",
                "'joe@example.com' \"jim@example.com\" | '[email]' \"[email]\"",
                "mailto:joe@example.com?subject=x | mailto:[email]?subject=x",
                "?mail=joe%40example.com&x=1 | ?mail=[email]&x=1",
                "{\"to\":\"joe@example.com\"} | {\"to\":\"[email]\"}",
                "\"joe doe\"@example.com o'brien@example.com | [email] [email]",
                "joe@192.168.0.1 joe@[::1] | [email] [email]",
                "jörg@müller.example почта@пример.рф | [email] [email]",
                "请联系joe@example.com谢谢 | 请联系[email]谢谢",
                "joe@example.com@example.org | [email]",
                "@joe joe@ root@localhost 3@4.5 a@b.c | @joe joe@ root@localhost 3@4.5 a@b.c",
            })
    void masksMailAddresses(String text, String expected) throws Exception {
        assertThat(redacted(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4111111111111111 5500005555555559 | [card] [card]",
                "4222222222222 378282246310005 6304000000000000000 | [card] [card] [card]",
                "4111 1111 1111 1111 and 4111-1111-1111-1111 | [card] and [card]",
                "3782 822463 10005; 3056 930902 5904 | [card]; [card]",
                "no. 12 4111 1111 1111 1111 05/27 | no. 12 [card] 05/27",
                "PAN4111111111111111é | PAN[card]é",
                "order 4111111111111112 | order 4111111111111112",
                "41111111111111111111 411111111116 | 41111111111111111111 411111111116",
                "1700000000004 0.4111111111111111 | 1700000000004 0.4111111111111111",
                "0000000000000000 0000 0000 0000 0000 | 0000000000000000 0000 0000 0000 0000",
                "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 | 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
                "4111  1111 1111 1111 | 4111  1111 1111 1111",
            })
    void masksCardNumbers(String text, String expected) throws Exception {
        assertThat(redacted(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DE89370400440532013000. | [iban].",
                "de89 3704 0044 0532 0130 00 12 | [iban] 12",
                "IBAN:GB82 WEST 1234 5698 7654 32, BIC | IBAN:[iban], BIC",
                "FR14 2004 1010 0505 0001 3M02 606 | [iban]",
                "NO93-8601-1117-947 MT84MALT011000012345MTLCAST001S | [iban] [iban]",
                "DE88370400440532013000 | DE88370400440532013000",
                "DE893704004405320130000 XDE89370400440532013000 |"
                        + " DE893704004405320130000 XDE89370400440532013000",
                "ZZ89370400440532013000 | ZZ89370400440532013000",
            })
    void masksIbans(String text, String expected) throws Exception {
        assertThat(redacted(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "4111 1111 1111 1111@example.com, [card]",
        "4111111111111111@example.com, [email]",
        "DE89370400440532013000@example.com, [email]",
    })
    void oneMaskCoversWhatOverlaps(String text, String expected) throws Exception {
        assertThat(redacted(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "plain", "[email]", "\0\n\r\t", "a漢字😀\u0301"})
    void leavesAllElse(String text) throws Exception {
        assertThat(redacted(text)).isEqualTo(text);
    }

    /** A step back over all that came before would let each of these run into its time limit. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "@", "a@", "1 ", "4111 ", "%40", "a.", "DE89", "\"@", "é@-"})
    void aMegabyteOfTheSameIsReadInTime(String piece) throws Exception {
        String text = piece.repeat((1 << 20) / piece.length());

        assertThat(redacted(text).equals(text)).isTrue();
    }

    @Test
    void findsThemInAMegabyteToo() throws Exception {
        assertThat(redacted("joe@example.com 4111111111111111 ".repeat(40_000)))
                .isEqualTo("[email] [card] ".repeat(40_000));
    }
}
