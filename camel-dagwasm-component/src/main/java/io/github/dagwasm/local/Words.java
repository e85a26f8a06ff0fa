package io.github.dagwasm.local;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text: what stands between whitespace, punctuation included. Whitespace is what
 * Unicode says it is (the property White_Space), so a no-break space separates words too.
 * Stateless.
 */
final class Words {

    private static final Pattern WORD = Pattern.compile("\\S+", Pattern.UNICODE_CHARACTER_CLASS);

    private Words() {}

    /** Finds one word after the other. */
    static Matcher in(String text) {
        return WORD.matcher(text);
    }

    /** The text with another word in place of each, and its whitespace as it was. */
    static String replaceEach(String text, UnaryOperator<String> replacement) {
        StringBuilder out = new StringBuilder(text.length());
        Matcher word = in(text);
        int end = 0;
        while (word.find()) {
            out.append(text, end, word.start()).append(replacement.apply(word.group()));
            end = word.end();
        }
        return out.append(text, end, text.length()).toString();
    }

    /** Where a word's first letter or digit stands, or its length where it has none. */
    static int firstAlphanumeric(String word) {
        int at = 0;
        while (at < word.length() && !Character.isLetterOrDigit(word.codePointAt(at))) {
            at += Character.charCount(word.codePointAt(at));
        }
        return at;
    }

    /** Where a word's last letter or digit ends, or 0 where it has none. */
    static int endOfAlphanumerics(String word) {
        int end = word.length();
        while (end > 0 && !Character.isLetterOrDigit(word.codePointBefore(end))) {
            end -= Character.charCount(word.codePointBefore(end));
        }
        return end;
    }

    /** A word without the punctuation (general categories P*) around it; empty if it is no more. */
    static String withoutOuterPunctuation(String word) {
        int start = 0;
        int end = word.length();
        while (start < end && isPunctuation(word.codePointAt(start))) {
            start += Character.charCount(word.codePointAt(start));
        }
        while (start < end && isPunctuation(word.codePointBefore(end))) {
            end -= Character.charCount(word.codePointBefore(end));
        }
        return word.substring(start, end);
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }
}
