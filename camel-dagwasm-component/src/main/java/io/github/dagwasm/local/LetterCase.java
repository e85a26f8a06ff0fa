package io.github.dagwasm.local;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Changes of case, the same under every default locale, in time linear in the text. The JDK's own
 * are not: each letter that becomes several (ß, İ) makes it copy the whole text once more, and each
 * Σ makes it look for the ends of its word from the start, so that 64 Ki of them take a minute.
 * Stateless.
 */
final class LetterCase {

    /** How many characters the JDK is given at once, which bounds what it can copy. */
    private static final int CHUNK = 512;

    private static final char SIGMA = 'Σ';
    private static final char SMALL_SIGMA = 'σ';
    private static final char FINAL_SIGMA = 'ς';

    /**
     * Word_Break=MidLetter, MidNumLet or Single_Quote: ignored around a sigma, as in {@code 'Σ'}.
     */
    private static final String IGNORED_MARKS =
            "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027"
                    + "\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

    private LetterCase() {}

    static String upper(String text) {
        return inChunks(text, chunk -> chunk.toUpperCase(Locale.ROOT));
    }

    static String lower(String text) {
        return inChunks(withSmallSigmas(text), chunk -> chunk.toLowerCase(Locale.ROOT));
    }

    /**
     * A word in lower case, but with its first letter or digit, where that is a letter, in title
     * case: {@code (hELLO} becomes {@code (Hello}, {@code 3RD} becomes {@code 3rd}.
     */
    static String capitalize(String word) {
        String lower = lower(word);
        int at = Words.firstAlphanumeric(word);
        if (at == word.length()) {
            return lower;
        }
        int letter = word.codePointAt(at);
        // In the word as a whole, for sigma's sake; İ becomes two characters, which moves the rest.
        int start = lower(word.substring(0, at)).length();
        int end = start + lower(Character.toString(letter)).length();
        return new StringBuilder(word.length() + 2)
                .append(lower, 0, start)
                .appendCodePoint(Character.toTitleCase(letter))
                .append(lower, end, lower.length())
                .toString();
    }

    /**
     * Right because no mapping of the root locale looks at its neighbours, but sigma's, which is
     * done by then.
     */
    private static String inChunks(String text, UnaryOperator<String> change) {
        if (text.length() <= CHUNK) {
            return change.apply(text);
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(start + CHUNK, text.length());
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++;
            }
            out.append(change.apply(text.substring(start, end)));
            start = end;
        }
        return out.toString();
    }

    /**
     * Every Σ in lower case by the rule Final_Sigma (The Unicode Standard, section 3.13, table
     * 3-17): ς after a cased letter and not before one, whatever case-ignorable characters stand
     * between; else σ.
     */
    private static String withSmallSigmas(String text) {
        if (text.indexOf(SIGMA) < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        boolean afterCased = false;
        int lastFinal = -1;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            boolean cased = isCased(c);
            if (cased && lastFinal >= 0) {
                out.setCharAt(lastFinal, SMALL_SIGMA);
            }
            if (c == SIGMA) {
                out.setCharAt(at, afterCased ? FINAL_SIGMA : SMALL_SIGMA);
                lastFinal = afterCased ? at : -1;
                afterCased = true;
            } else if (cased || !isCaseIgnorable(c)) {
                lastFinal = -1;
                afterCased = cased;
            }
        }
        return out.toString();
    }

    private static boolean isCased(int c) {
        return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
    }

    private static boolean isCaseIgnorable(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL ->
                    true;
            default -> IGNORED_MARKS.indexOf(c) >= 0;
        };
    }
}
