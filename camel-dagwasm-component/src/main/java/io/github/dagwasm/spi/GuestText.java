package io.github.dagwasm.spi;

import java.nio.charset.StandardCharsets;

/**
 * Makes a text that a guest produced, or that came from elsewhere, fit to be shown: in a log, an
 * error, a report's metadata. What could forge a line, move a cursor or turn the reading direction
 * is escaped, and the length is bounded. Stateless.
 */
public final class GuestText {

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
                // Not by a format: a guest may have millions of them escaped.
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
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
