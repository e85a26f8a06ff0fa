package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.spi.GuestText;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Cuts what a guest writes into lines and hands those on. It holds little more of a line than is
 * kept of it. For one thread at a time.
 */
final class LineOutput extends OutputStream {

    private static final byte END = '\n';
    private static final byte[] NOTHING = {};
    private static final int FIRST_CAPACITY = 256;

    /** How many bytes of the last line are remembered. */
    private static final int REMEMBERED = 1024;

    private final GuestLines lines;
    private byte[] line = NOTHING;
    private int kept;
    private long whole;
    private byte[] last = NOTHING;

    LineOutput(GuestLines lines) {
        this.lines = lines;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int from = offset;
        for (int at = offset; at < end; at++) {
            if (bytes[at] == END) {
                append(bytes, from, at - from);
                endLine();
                from = at + 1;
            }
        }
        append(bytes, from, end - from);
    }

    private void append(byte[] bytes, int offset, int length) {
        int fits = (int) Math.max(0, Math.min(length, most() - kept));
        if (fits > line.length - kept) {
            int capacity = Math.max(FIRST_CAPACITY, Math.max(2 * line.length, kept + fits));
            line = Arrays.copyOf(line, capacity);
        }
        System.arraycopy(bytes, offset, line, kept, fits);
        kept += fits;
        whole += length;
    }

    private long most() {
        return Math.max(REMEMBERED, lines.room());
    }

    private void endLine() {
        lines.line(line, kept, whole);
        if (kept > 0) {
            last = Arrays.copyOf(line, remembered());
        }
        kept = 0;
        whole = 0;
    }

    private int remembered() {
        return kept > REMEMBERED ? GuestText.wholeCharacters(line, REMEMBERED) : kept;
    }

    /** Ends the line that has no end. */
    void finish() {
        if (whole > 0) {
            endLine();
        }
    }

    /** The last line with something in it, or its beginning; nothing where there is none. */
    byte[] last() {
        return last;
    }

    /** Forgets everything. */
    void clear() {
        line = NOTHING;
        last = NOTHING;
        kept = 0;
        whole = 0;
    }
}
