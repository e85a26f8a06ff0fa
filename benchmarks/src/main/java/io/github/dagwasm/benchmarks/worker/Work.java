package io.github.dagwasm.benchmarks.worker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

/** What is done to a text, by the guests and in plain Java. */
public enum Work {
    /** Appends {@code -wasm} to {@code hello world}: the price of a call. */
    APPEND("W1 append", "process", "hello world") {
        @Override
        String apply(String text) {
            return text + "-wasm";
        }
    },
    /** SHA-256 in hexadecimal: arithmetic. */
    SHA256("W2 sha256 64 KiB", "sha256", prose(64 << 10)) {
        @Override
        String apply(String text) throws NoSuchAlgorithmException {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        }
    },
    /** Run-length encoding: branches and writes. */
    RLE("W2 rle 64 KiB", "rle", prose(64 << 10)) {
        @Override
        String apply(String text) {
            StringBuilder runs = new StringBuilder(2 * text.length());
            int i = 0;
            while (i < text.length()) {
                int start = i;
                char letter = text.charAt(start);
                while (i < text.length() && text.charAt(i) == letter) {
                    i++;
                }
                runs.append(letter).append(i - start);
            }
            return runs.toString();
        }
    },
    /** Counts words: a loop that only reads. */
    WORDS("W2 words 64 KiB", "words", prose(64 << 10)) {
        @Override
        String apply(String text) {
            int words = 0;
            boolean inside = false;
            for (int i = 0; i < text.length(); i++) {
                char letter = text.charAt(i);
                boolean blank = letter == ' ' || letter == '\n';
                words += !blank && !inside ? 1 : 0;
                inside = !blank;
            }
            return Integer.toString(words);
        }
    },
    /** Appends {@code -wasm} to 1 MiB: the price of a byte. */
    MEBIBYTE("W3 append 1 MiB", "process", prose(1 << 20)) {
        @Override
        String apply(String text) {
            return text + "-wasm";
        }
    };

    private final String label;
    private final String function;
    private final String input;

    Work(String label, String function, String input) {
        this.label = label;
        this.function = function;
        this.input = input;
    }

    abstract String apply(String text) throws Exception;

    /**
     * The name in tables.
     *
     * @return the name
     */
    public String label() {
        return label;
    }

    /**
     * The function that every guest exports for it.
     *
     * @return the function's name
     */
    public String function() {
        return function;
    }

    /**
     * The text that it is done to.
     *
     * @return ASCII without NUL
     */
    public String input() {
        return input;
    }

    /**
     * What it makes of {@link #input()}.
     *
     * @return the answer, found in plain Java
     */
    public String expected() {
        try {
            return apply(input);
        } catch (Exception e) {
            throw new IllegalStateException(name().toLowerCase(Locale.ROOT), e);
        }
    }

    /** Words of one to nine letters, some of them doubled, in lines: always the same. */
    private static String prose(int length) {
        Random random = new Random(length);
        StringBuilder prose = new StringBuilder(length + 16);
        while (prose.length() < length) {
            for (int left = 1 + random.nextInt(9); left > 0; left--) {
                char letter = (char) ('a' + random.nextInt(26));
                prose.append(Character.toString(letter).repeat(1 + random.nextInt(4) / 3));
            }
            prose.append(random.nextInt(12) == 0 ? '\n' : ' ');
        }
        prose.setLength(length);
        return prose.toString();
    }
}
