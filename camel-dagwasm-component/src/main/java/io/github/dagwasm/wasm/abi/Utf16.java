package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

/** Texts as UTF-16, little endian, in a guest's memory. Stateless. */
final class Utf16 {

    private static final VarHandle UNITS =
            MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);

    /** How much is on its way at once: a text may take more bytes than an array has. */
    private static final int UNITS_AT_ONCE = 1 << 15;

    private static final int FIRST_OF_TWO_BYTES = 0x80;
    private static final int FIRST_OF_THREE_BYTES = 0x800;

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private Utf16() {}

    /** Writes a well-formed text, twice as many bytes as it has characters. */
    static void write(WasmMemory memory, long address, String text) {
        int length = text.length();
        byte[] bytes = new byte[Math.min(length, UNITS_AT_ONCE) * Character.BYTES];
        int at = 0;
        for (; length - at >= UNITS_AT_ONCE; at += UNITS_AT_ONCE) {
            memory.write(address + at * (long) Character.BYTES, copy(text, at, bytes));
        }
        int rest = (length - at) * Character.BYTES;
        byte[] last = rest == bytes.length ? bytes : new byte[rest];
        memory.write(address + at * (long) Character.BYTES, copy(text, at, last));
    }

    private static byte[] copy(String text, int from, byte[] to) {
        for (int i = 0; i < to.length; i += Character.BYTES) {
            UNITS.set(to, i, text.charAt(from + (i >> 1)));
        }
        return to;
    }

    /**
     * Reads a text.
     *
     * @param length how many bytes, an even number of them, all in the memory
     * @param room how many bytes the text may have in UTF-8, and where its copies are
     * @throws GuestFailureException if there is an unpaired surrogate
     * @throws LimitExceededException if the text is too long
     */
    static Text read(WasmMemory memory, long address, long length, AnswerRoom room) {
        // A unit takes a byte at the least: more of them need not be copied to know it.
        if (length / Character.BYTES > room.mostBytes()) {
            throw room.exceeded();
        }
        byte[] units = memory.read(address, room.take(length));
        long utf8Length = utf8Length(units);
        room.require(utf8Length);
        if (utf8Length > LONGEST_ARRAY) {
            throw new LimitExceededException(
                    "text size", LONGEST_ARRAY, utf8Length, "none: a Java array holds no more");
        }
        return Text.ofUtf8(utf8(units, room.take(utf8Length)));
    }

    private static char unit(byte[] units, int at) {
        return (char) UNITS.get(units, at);
    }

    private static long utf8Length(byte[] units) {
        long bytes = 0;
        for (int i = 0; i < units.length; i += Character.BYTES) {
            char c = unit(units, i);
            if (c < FIRST_OF_TWO_BYTES) {
                bytes++;
            } else if (c < FIRST_OF_THREE_BYTES) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else {
                requirePair(units, i);
                bytes += 4;
                i += Character.BYTES;
            }
        }
        return bytes;
    }

    private static void requirePair(byte[] units, int at) {
        int next = at + Character.BYTES;
        if (next == units.length
                || !Character.isSurrogatePair(unit(units, at), unit(units, next))) {
            throw new GuestFailureException(
                    String.format(
                            Locale.ROOT,
                            "the guest's output is not UTF-16: unpaired surrogate at character %d"
                                    + " (U+%04X)",
                            at / Character.BYTES,
                            (int) unit(units, at)));
        }
    }

    private static byte[] utf8(byte[] units, int length) {
        byte[] out = new byte[length];
        int to = 0;
        for (int i = 0; i < units.length; i += Character.BYTES) {
            char c = unit(units, i);
            if (c < FIRST_OF_TWO_BYTES) {
                out[to++] = (byte) c;
            } else if (c < FIRST_OF_THREE_BYTES) {
                out[to++] = (byte) (0xc0 | c >> 6);
                out[to++] = trailing(c);
            } else if (!Character.isSurrogate(c)) {
                out[to++] = (byte) (0xe0 | c >> 12);
                out[to++] = trailing(c >> 6);
                out[to++] = trailing(c);
            } else {
                i += Character.BYTES;
                int point = Character.toCodePoint(c, unit(units, i));
                out[to++] = (byte) (0xf0 | point >> 18);
                out[to++] = trailing(point >> 12);
                out[to++] = trailing(point >> 6);
                out[to++] = trailing(point);
            }
        }
        return out;
    }

    private static byte trailing(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }
}
