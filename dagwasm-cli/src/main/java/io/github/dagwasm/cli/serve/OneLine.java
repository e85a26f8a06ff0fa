package io.github.dagwasm.cli.serve;

import io.github.dagwasm.text.GuestText;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Texts from anywhere as one line each. */
final class OneLine {

    private static final int MOST_CODE_POINTS = 2000;
    private static final String BACKSLASH = "\\";

    private OneLine() {}

    /**
     * Lines are joined, but for one that only points at the one above; what could forge one is
     * escaped, what is escaped already stays so.
     */
    static String of(String text) {
        String joined =
                text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.equals("^"))
                        .collect(Collectors.joining("\n"))
                        .replace(":\n", ": ")
                        .replace("\n", "; ");
        int end =
                joined.offsetByCodePoints(
                        0, Math.min(MOST_CODE_POINTS, joined.codePointCount(0, joined.length())));
        String cut = end < joined.length() ? joined.substring(0, end) + "…" : joined;
        return escaped(cut);
    }

    /** Escapes what could forge a line or steer a terminal; what is escaped already stays so. */
    static String escaped(String line) {
        return Arrays.stream(line.split("\\\\", -1))
                .map(part -> GuestText.escape(part, Integer.MAX_VALUE))
                .collect(Collectors.joining(BACKSLASH));
    }
}
