package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.text.GuestText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a stretch of a binary, as strictly as the specification says: so that an engine reads the
 * same, and nothing hides in a difference. Copies nothing but names.
 */
final class Cursor {

    private static final int MAX_LEB_BYTES = 5;
    private static final int SHOWN_CODE_POINTS = 100;

    /** Enough for one code point more than is shown, and for any name that is provided. */
    private static final int SHOWN_BYTES = 4 * (SHOWN_CODE_POINTS + 1);

    private final byte[] bytes;
    private final int end;
    private final String what;
    private int at;

    /**
     * A cursor over a part of the binary.
     *
     * @param what what the part is, for messages
     */
    Cursor(byte[] bytes, int from, int to, String what) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.what = what;
    }

    int position() {
        return at;
    }

    /** How many bytes are left. */
    int left() {
        return end - at;
    }

    boolean atEnd() {
        return at == end;
    }

    int u8() {
        if (at == end) {
            throw endsEarly();
        }
        return bytes[at++] & 0xff;
    }

    /** The next byte, which stays the next. */
    int peek() {
        if (at == end) {
            throw endsEarly();
        }
        return bytes[at] & 0xff;
    }

    /** An unsigned LEB128 number of 32 bits. */
    long u32() {
        int start = at;
        long value = 0;
        for (int i = 0; i < MAX_LEB_BYTES; i++) {
            int b = u8();
            value |= (long) (b & 0x7f) << (7 * i);
            if ((b & 0x80) == 0) {
                if (value > 0xffff_ffffL) {
                    break;
                }
                return value;
            }
        }
        throw malformed("a number of more than 32 bits", start);
    }

    /** A signed LEB128 number of the given bits. */
    long signed(int bits) {
        int start = at;
        int most = (bits + 6) / 7;
        long value = 0;
        for (int i = 0; i < most; i++) {
            int b = u8();
            value |= (long) (b & 0x7f) << (7 * i);
            if ((b & 0x80) == 0) {
                int used = 7 * (i + 1);
                long extended = used < Long.SIZE ? value << -used >> -used : value;
                if (i == most - 1 && !fits(b, bits - 7 * i)) {
                    break;
                }
                return extended;
            }
        }
        throw malformed("a number of more than " + bits + " bits", start);
    }

    /** Whether the bits of a last byte above those that count are all equal to the sign. */
    private static boolean fits(int last, int bits) {
        int sign = (byte) (last << 1) >> bits;
        return sign == 0 || sign == -1;
    }

    /** What the part is, for messages. */
    String what() {
        return what;
    }

    /** A cursor over the next bytes, which this one skips. */
    Cursor part(long length, String whatPart) {
        int start = at;
        skip(length, whatPart);
        return new Cursor(bytes, start, at, whatPart);
    }

    void skip(long length, String whatPart) {
        if (length > end - at) {
            throw new ModuleRefusedException(
                    "it is truncated or malformed: "
                            + whatPart
                            + " at byte "
                            + at
                            + " has "
                            + length
                            + " bytes, and "
                            + (end - at)
                            + " are left of "
                            + what);
        }
        at += (int) length;
    }

    /** A name; of a long one no more is copied than is shown. */
    Name name() {
        long length = u32();
        int start = at;
        skip(length, "a name");
        requireUtf8(start);
        return new Name(
                Arrays.copyOfRange(bytes, start, Math.min(at, start + SHOWN_BYTES)), at - start);
    }

    /** The length of a name that is not shown. */
    Name skipName() {
        long length = u32();
        int start = at;
        skip(length, "a name");
        requireUtf8(start);
        return new Name(new byte[0], (int) length);
    }

    /** Refuses a name that two readers may take for different ones; it ends here. */
    private void requireUtf8(int start) {
        int wrong = Utf8.firstMalformed(bytes, start, at);
        if (wrong < at) {
            throw malformed("a name has malformed UTF-8", wrong);
        }
    }

    /** Goes to another place of the part, seen before. */
    Cursor goneTo(int position) {
        return new Cursor(bytes, position, end, what);
    }

    void requireEnd() {
        if (at != end) {
            throw malformed((end - at) + " bytes too many", at);
        }
    }

    ModuleRefusedException malformed(String problem, int position) {
        return new ModuleRefusedException(
                "it is malformed: " + problem + " in " + what + ", at byte " + position);
    }

    private ModuleRefusedException endsEarly() {
        return new ModuleRefusedException(
                "it is truncated or malformed: " + what + " ends early, at byte " + end);
    }

    /**
     * A name from the module: the guest's text, and compared as bytes.
     *
     * @param utf8 its first bytes
     * @param length how many it has
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and not shared
    record Name(byte[] utf8, int length) {

        boolean is(String other) {
            return length == utf8.length
                    && Arrays.equals(utf8, other.getBytes(StandardCharsets.UTF_8));
        }

        String shown() {
            return GuestText.escape(utf8, SHOWN_CODE_POINTS);
        }
    }
}
