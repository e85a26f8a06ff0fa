package io.github.dagwasm.camel;

import io.github.dagwasm.text.GuestText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is not literal in a text of an endpoint's URI: any character with which something
 * begins that Camel evaluates, looks up or resolves. Texts are looked at as they stand and as they
 * are after each decoding, since a URI is decoded on its way more than once. Stateless.
 */
final class LiteralText {

    /** No honest URI is encoded more often. */
    private static final int MOST_DECODINGS = 8;

    private static final Pattern ESCAPES = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
    private static final String PUNCTUATION = " !\"%&'()*+,-./:;<=>?@[\\]^_`|~";
    private static final int HEXADECIMAL = 16;
    private static final int ESCAPE_LENGTH = 3;
    private static final int ASCII = 0x7f;
    private static final int SHOWN = 20;

    private LiteralText() {}

    /** The first thing in a text that is not literal, in words; empty if there is none. */
    static Optional<String> flaw(String text) {
        return inAnyDecoding(text, LiteralText::character);
    }

    /** The beginning of a query in a text that must not have one. */
    static Optional<String> queryIn(String text) {
        return inAnyDecoding(
                text,
                decoded -> decoded.contains("?") ? Optional.of("'?' in it") : Optional.empty());
    }

    private static Optional<String> inAnyDecoding(
            String text, Function<String, Optional<String>> flaw) {
        String decoded = text;
        for (int i = 0; i <= MOST_DECODINGS; i++) {
            Optional<String> found = flaw.apply(decoded);
            if (found.isPresent()) {
                return found;
            }
            String next = ESCAPES.matcher(decoded).replaceAll(LiteralText::decoded);
            if (next.equals(decoded)) {
                return Optional.empty();
            }
            decoded = next;
        }
        return Optional.of("text that is encoded more than " + MOST_DECODINGS + " times");
    }

    private static Optional<String> character(String text) {
        return text.codePoints()
                .filter(c -> !isLiteral(c))
                .mapToObj(LiteralText::described)
                .findFirst();
    }

    private static boolean isLiteral(int c) {
        if (c <= ASCII) {
            return Character.isLetterOrDigit(c) || PUNCTUATION.indexOf(c) >= 0;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static String described(int c) {
        return switch (c) {
            case '$' -> "'$', with which expressions begin";
            case '#' -> "'#', with which references to objects begin";
            case '{' -> "'{', with which placeholders begin";
            case '}' -> "'}', with which placeholders end";
            default -> "the character '" + GuestText.escape(Character.toString(c), SHOWN) + "'";
        };
    }

    private static String decoded(MatchResult escapes) {
        String run = escapes.group();
        byte[] bytes = new byte[run.length() / ESCAPE_LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            int digits = i * ESCAPE_LENGTH + 1;
            bytes[i] = (byte) Integer.parseInt(run, digits, digits + 2, HEXADECIMAL);
        }
        return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
    }
}
