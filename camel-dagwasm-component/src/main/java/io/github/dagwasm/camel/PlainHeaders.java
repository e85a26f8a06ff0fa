package io.github.dagwasm.camel;

import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.RunReport;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Message;

/**
 * Metadata as headers that arrive the same through every transport. Camel's transports drop names
 * that begin with {@code Camel}, and some fail on names that are no Java identifiers with dots or
 * on values that are no strings. So the names are {@code dagwasm.<processor>.<key>}, each part
 * spelt with letters, digits and underscores. The values are one line of printable ASCII of bounded
 * length, since HTTP carries no other characters. All headers together stay below the 8 KiB that
 * servers of HTTP take.
 *
 * <p>Another character of a name is written {@code _xHHHH_} with its UTF-16 code, much as ISO/IEC
 * 9075-14 (SQL/XML) maps names. So is an underscore that would look like the beginning of such a
 * spelling, and the letter that would make an underscore look like the beginning of a dot or hyphen
 * as Camel's JMS component spells them. Two names never become one.
 */
final class PlainHeaders {

    static final int MOST_HEADERS = 64;
    static final int MOST_VALUE_BYTES = 1024;
    static final int LONGEST_NAME = 256;

    /** Leaves 2 KiB to the other headers of an answer. */
    static final int MOST_BYTES = 6 * 1024;

    /** The colon, the blank and the end of the line of a header of HTTP. */
    private static final int BYTES_AROUND = 4;

    private static final String CUT = "...";

    private final Message message;
    private int set;
    private int bytes;
    private int omitted;

    private PlainHeaders(Message message) {
        this.message = message;
    }

    /** Sets the headers for all metadata of a run, and the one that counts what was left out. */
    static void set(Message message, RunReport report) {
        PlainHeaders headers = new PlainHeaders(message);
        for (ProcessorReport processor : report.processors()) {
            for (Map.Entry<String, String> entry : processor.metadata().entrySet()) {
                headers.add(processor.id(), entry.getKey(), entry.getValue());
            }
        }
        if (headers.omitted > 0) {
            message.setHeader(DagWasmConstants.OMITTED, Integer.toString(headers.omitted));
        }
    }

    private void add(String processor, String key, String value) {
        String name = name(processor, key);
        // Camel's headers do not tell upper from lower case: the first of two is kept.
        if (set == MOST_HEADERS || name.length() > LONGEST_NAME || has(name)) {
            omitted++;
            return;
        }
        String line = line(value);
        int size = name.length() + line.length() + BYTES_AROUND;
        if (bytes + size > MOST_BYTES) {
            omitted++;
            return;
        }
        message.setHeader(name, line);
        bytes += size;
        set++;
    }

    private boolean has(String name) {
        return message.getHeaders().containsKey(name);
    }

    static String name(String processor, String key) {
        StringBuilder name = new StringBuilder(DagWasmConstants.PLAIN_PREFIX);
        appendPart(name, processor);
        name.append('.');
        appendPart(name, key);
        return name.toString();
    }

    private static void appendPart(StringBuilder name, String part) {
        for (int i = 0; i < part.length() && name.length() <= LONGEST_NAME; i++) {
            char c = part.charAt(i);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_');
            if (plain && !part.startsWith("_x", i) && !isSpeltByJms(name, part, i)) {
                name.append(c);
            } else {
                name.append(String.format(Locale.ROOT, "_x%04X_", (int) c));
            }
        }
    }

    /** Camel's JMS component makes a dot of {@code _DOT_}, and a hyphen of {@code _HYPHEN_}. */
    private static boolean isSpeltByJms(StringBuilder name, String part, int at) {
        return name.charAt(name.length() - 1) == '_'
                && (part.startsWith("DOT", at) || part.startsWith("HYPHEN", at));
    }

    /** A value as one line of printable ASCII, cut where it would be too long. */
    static String line(String value) {
        StringBuilder line = new StringBuilder();
        int lastCut = 0;
        for (int i = 0; i < value.length(); ) {
            if (line.length() <= MOST_VALUE_BYTES - CUT.length()) {
                lastCut = line.length();
            }
            int c = value.codePointAt(i);
            int next = i + Character.charCount(c);
            if (c == '\\') {
                line.append("\\\\");
            } else if (isKept(value, i, next)) {
                line.append((char) c);
            } else {
                line.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
            if (line.length() > MOST_VALUE_BYTES) {
                line.setLength(lastCut);
                return line.append(CUT).toString();
            }
            i = next;
        }
        return line.toString();
    }

    private static boolean isKept(String value, int at, int next) {
        char c = value.charAt(at);
        return switch (c) {
            // HTTP drops blanks at both ends.
            case ' ' -> at > 0 && next < value.length();
            // Camel's HTTP components make a list of a text in brackets.
            case '[' -> at > 0 || !value.endsWith("]");
            default -> c > ' ' && c < 0x7f;
        };
    }
}
