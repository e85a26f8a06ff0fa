package io.github.dagwasm.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuestTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Straße, 日本語 🦀", "e\u0301", "\"quoted\"", "a b\u00a0c"})
    void leavesWhatCanOnlyBeReadAsItIs(String text) {
        assertThat(GuestText.escape(text, 100)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "8, 8",
        "9, 9",
        "a, a",
        "d, d",
        "1b, 1b",
        "7f, 7f",
        "85, 85",
        "9b, 9b", // controls
        "2028, 2028",
        "2029, 2029", // separators of lines and paragraphs
        "61c, 61c",
        "200e, 200e",
        "200f, 200f",
        "202a, 202a",
        "202e, 202e",
        "2066, 2066",
        "2069, 2069", // bidi
        "ad, ad",
        "200b, 200b",
        "200d, 200d",
        "feff, feff",
        "e0001, e0001",
        "e007f, e007f", // format
        "e000, e000",
        "f0000, f0000", // private use
        "378, 378",
        "ffff, ffff",
        "10ffff, 10ffff", // unassigned
        "d800, d800",
        "dfff, dfff" // lone surrogates
    })
    void escapesWhatCouldForgeHideOrTurn(String codePoint, String hex) {
        String dangerous =
                new StringBuilder().appendCodePoint(Integer.parseInt(codePoint, 16)).toString();

        assertThat(GuestText.escape("a" + dangerous + "b", 100)).isEqualTo("a\\u{" + hex + "}b");
    }

    @Test
    void aTerminalSequenceOrAForgedLineIsOnlyText() {
        assertThat(GuestText.escape("\u001b[2J\u001b]0;x\u0007\r\nWARN forged", 100))
                .isEqualTo("\\u{1b}[2J\\u{1b}]0;x\\u{7}\\u{d}\\u{a}WARN forged");
    }

    @Test
    void aBackslashOfTheGuestsOwnIsNotTakenForAnEscape() {
        assertThat(GuestText.escape("\\u{1b}\u001b", 100)).isEqualTo("\\\\u{1b}\\u{1b}");
    }

    @Test
    void cutsAfterTheGivenNumberOfCodePoints() {
        assertThat(GuestText.escape("🦀🦀🦀", 3)).isEqualTo("🦀🦀🦀");
        assertThat(GuestText.escape("🦀🦀🦀", 2)).isEqualTo("🦀🦀…");
        assertThat(GuestText.escape("\n\n\n", 1)).isEqualTo("\\u{a}…");
        assertThat(GuestText.escape("abc", 0)).isEqualTo("…");
        assertThat(GuestText.escape("", 0)).isEmpty();
        assertThat(GuestText.escape("abc", Integer.MAX_VALUE)).isEqualTo("abc");
    }

    @Test
    void showsBytesThatAreNotUtf8AsReplacementCharacters() {
        assertThat(GuestText.escape(new byte[] {'a', (byte) 0xff, '\n'}, 100))
                .isEqualTo("a\ufffd\\u{a}");
    }
}
