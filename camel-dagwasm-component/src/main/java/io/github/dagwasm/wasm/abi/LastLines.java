package io.github.dagwasm.wasm.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.dagwasm.text.GuestText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last lines that a guest has written, for the message of its failure. Some runtimes tell the
 * reason first and many lines about the place after it: the lines from the last such reason on are
 * kept beside the last ones of all. Lines with nothing in them do not count. For one thread at a
 * time.
 */
final class LastLines {

    /** How many lines are kept of the end. */
    private static final int MOST = 8;

    /** How many lines are kept of a reason, itself counted. */
    private static final int MOST_OF_REASON = 3;

    /** How many bytes are kept of a line. */
    static final int BYTES = 512;

    private static final int SHOWN_CODE_POINTS = 400;

    /**
     * How reasons begin that more lines follow: of Go two, of Rust's panics, of two engines of
     * JavaScript.
     */
    private static final List<byte[]> REASONS =
            Stream.of("panic: ", "fatal error: ", "thread '", "Error", "Uncaught ")
                    .map(reason -> reason.getBytes(ISO_8859_1))
                    .toList();

    private final byte[][] last = new byte[MOST][];
    private final List<byte[]> reason = new ArrayList<>();
    private long count;
    private long reasonAt;

    /** Keeps a line, or its beginning. */
    void add(byte[] line, int length) {
        byte[] kept = Arrays.copyOf(line, length > BYTES ? cut(line) : length);
        if (begins(kept)) {
            reason.clear();
            reasonAt = count;
        }
        if (reason.size() < MOST_OF_REASON && reasonAt + reason.size() == count) {
            reason.add(kept);
        }
        last[(int) (count % MOST)] = kept;
        count++;
    }

    private static int cut(byte[] line) {
        return GuestText.wholeCharacters(line, BYTES);
    }

    /** Compares bytes and does no more: the guest may have left little stack. */
    private boolean begins(byte[] line) {
        if (count == 0) {
            return true;
        }
        for (byte[] begin : REASONS) {
            if (line.length >= begin.length
                    && Arrays.equals(line, 0, begin.length, begin, 0, begin.length)) {
                return true;
            }
        }
        return false;
    }

    /** Forgets everything. */
    void clear() {
        if (count > 0) {
            Arrays.fill(last, null);
            reason.clear();
            count = 0;
            reasonAt = 0;
        }
    }

    /** What follows the message of a failure; empty where nothing was written. */
    String words() {
        if (count == 0) {
            return "";
        }
        return (count == 1
                        ? "; the guest's last line on stderr: "
                        : "; the guest's last lines on stderr: ")
                + lines().map(LastLines::shown).collect(Collectors.joining(" | "));
    }

    private Stream<byte[]> lines() {
        long first = Math.max(0, count - MOST);
        long missing = Math.max(0, Math.min(reason.size(), first - reasonAt));
        Stream<byte[]> told = reason.stream().limit(missing);
        Stream<byte[]> end =
                Stream.iterate(first, at -> at < count, at -> at + 1)
                        .map(at -> last[(int) (at % MOST)]);
        return missing == 0 || reasonAt + missing == first
                ? Stream.concat(told, end)
                : Stream.of(told, Stream.of("...".getBytes(ISO_8859_1)), end)
                        .flatMap(lines -> lines);
    }

    /** A line stands between others here, so its indentation says nothing. */
    private static String shown(byte[] line) {
        int from = 0;
        int to = line.length;
        while (from < to && isBlank(line[from])) {
            from++;
        }
        while (to > from && isBlank(line[to - 1])) {
            to--;
        }
        return GuestText.escape(Arrays.copyOfRange(line, from, to), SHOWN_CODE_POINTS);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
