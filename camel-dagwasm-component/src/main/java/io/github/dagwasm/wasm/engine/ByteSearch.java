package io.github.dagwasm.wasm.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds a byte among many, eight at a time: no JIT does that for a loop that may end early. */
public final class ByteSearch {

    /** What is said where there is no such byte. */
    public static final int NOT_FOUND = -1;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long EACH_TOP_BIT = 0x8080808080808080L;
    private static final int BITS_SHIFT = 3;

    private ByteSearch() {}

    /**
     * Looks for a byte in a range.
     *
     * @param bytes where to look
     * @param value the byte
     * @param from the first index to look at
     * @param to the index after the last one to look at
     * @return the lowest index that holds it, or {@link #NOT_FOUND}
     * @throws IndexOutOfBoundsException if the range is not in the array
     */
    public static int indexOf(byte[] bytes, byte value, int from, int to) {
        long eightTimes = Byte.toUnsignedLong(value) * EACH_BYTE;
        int at = from;
        while (to - at >= Long.BYTES) {
            // Zero where a byte is equal; a zero byte borrows, which sets its top bit, and none
            // below it is mistaken for one.
            long differences = (long) LONGS.get(bytes, at) ^ eightTimes;
            long equal = (differences - EACH_BYTE) & ~differences & EACH_TOP_BIT;
            if (equal != 0) {
                return at + (Long.numberOfTrailingZeros(equal) >>> BITS_SHIFT);
            }
            at += Long.BYTES;
        }
        while (at < to) {
            if (bytes[at] == value) {
                return at;
            }
            at++;
        }
        return NOT_FOUND;
    }
}
