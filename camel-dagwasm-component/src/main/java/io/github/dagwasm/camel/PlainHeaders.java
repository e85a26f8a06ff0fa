package io.github.dagwasm.camel;

import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.RunReport;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Message;

/**
 * Metadata as headers that travel: Camel's transports drop names that begin with {@code Camel}, and
 * some fail on names that are no Java identifiers with dots or on values that are no strings. So
 * the names are {@code dagwasm.<processor>.<key>}, each part spelt with letters, digits and
 * underscores, and the values are one line of bounded length.
 *
 * <p>Another character, and an underscore that would look like the beginning of such a spelling, is
 * written {@code _xHHHH_} with its UTF-16 code, much as ISO/IEC 9075-14 (SQL/XML) maps names: two
 * names never become one.
 */
final class PlainHeaders {

    static final int MOST_HEADERS = 64;
    static final int MOST_VALUE_BYTES = 1024;
    static final int LONGEST_NAME = 256;

    private static final String CUT = "…";

    private final Message message;
    private int set;
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
        message.setHeader(name, line(value));
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
            if (plain && !(c == '_' && part.startsWith("_x", i))) {
                name.append(c);
            } else {
                name.append(String.format(Locale.ROOT, "_x%04X_", (int) c));
            }
        }
    }

    /** A value as one line: controls escaped, cut where it would have too many bytes of UTF-8. */
    static String line(String value) {
        String line = GuestText.escape(value, MOST_VALUE_BYTES);
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MOST_VALUE_BYTES) {
            return line;
        }
        int end = MOST_VALUE_BYTES - CUT.getBytes(StandardCharsets.UTF_8).length;
        while (isInsideCharacter(utf8[end])) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8) + CUT;
    }

    /** Whether a byte of UTF-8 is not the first one of its character. */
    private static boolean isInsideCharacter(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
