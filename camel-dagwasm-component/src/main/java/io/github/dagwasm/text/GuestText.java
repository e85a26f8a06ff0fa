package io.github.dagwasm.text;

import java.nio.charset.StandardCharsets;

/**
 * Makes a text that a guest produced, or that came from elsewhere, fit to be shown: in a log, an
 * error, a report's metadata. What could forge a line, move a cursor or turn the reading direction
 * is escaped, and the length is bounded. Stateless.
 */
public final class GuestText {

    private static final int LONGEST_CHARACTER = 4;

    private GuestText() {}

    /**
     * Escapes and bounds a guest's text.
     *
     * @param text what the guest produced
     * @param maxCodePoints how much of it to show
     * @return the text without controls, line separators, bidirectional and other format
     *     characters, private use and unassigned code points and lone surrogates, each of which is
     *     written as {@code \\u{hex}}; cut, with an ellipsis, after the given number of code points
     */
    public static String escape(String text, int maxCodePoints) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), maxCodePoints) + 16);
        int shown = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (shown == maxCodePoints) {
                return out.append('…').toString();
            }
            if (c == '\\') {
                out.append("\\\\");
            } else if (dangerous(c)) {
                appendEscaped(out, c);
            } else {
                out.appendCodePoint(c);
            }
            shown++;
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /**
     * Escapes and bounds a guest's bytes, which may not be UTF-8 at all: what is not is shown as
     * U+FFFD.
     *
     * @param utf8 what the guest produced
     * @param maxCodePoints how much of it to show
     * @return the text; see {@link #escape(String, int)}
     */
    public static String escape(byte[] utf8, int maxCodePoints) {
        return escape(new String(utf8, StandardCharsets.UTF_8), maxCodePoints);
    }

    /**
     * Where to cut bytes that may be UTF-8, so that no part of a character is left: what is cut
     * within one would look malformed. Bytes that are not UTF-8 are cut anywhere.
     *
     * @param utf8 what the guest produced
     * @param length how many bytes of it are to be kept at most
     * @return as many, or up to three less
     */
    public static int wholeCharacters(byte[] utf8, int length) {
        int earliest = Math.max(0, length - LONGEST_CHARACTER);
        int begin = length - 1;
        while (begin >= earliest && (utf8[begin] & 0xC0) == 0x80) {
            begin--;
        }
        if (begin < earliest) {
            return length;
        }
        int needed = Integer.numberOfLeadingZeros(~utf8[begin] << (Byte.SIZE * 3));
        return needed > length - begin && needed <= LONGEST_CHARACTER ? begin : length;
    }

    /** Digit by digit, with no string for each: a guest may have millions of them escaped. */
    private static void appendEscaped(StringBuilder out, int c) {
        out.append("\\u{");
        int digits = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(c) + 3) / 4);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >>> shift & 0xF, 16));
        }
        out.append('}');
    }

    private static boolean dangerous(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }
}
