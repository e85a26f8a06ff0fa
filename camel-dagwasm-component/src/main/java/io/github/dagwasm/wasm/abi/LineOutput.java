package io.github.dagwasm.wasm.abi;

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

    private final GuestLines lines;
    private byte[] line = NOTHING;
    private int kept;
    private long whole;
    private final LastLines last = new LastLines();

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
        return Math.max(LastLines.BYTES, lines.room());
    }

    private void endLine() {
        lines.line(line, kept, whole);
        if (kept > 0) {
            last.add(line, kept);
        }
        kept = 0;
        whole = 0;
    }

    /** Ends the line that has no end. */
    void finish() {
        if (whole > 0) {
            endLine();
        }
    }

    /** What follows the message of a failure; empty where nothing was written. */
    String lastWords() {
        return last.words();
    }

    /** Forgets everything. */
    void clear() {
        line = NOTHING;
        last.clear();
        kept = 0;
        whole = 0;
    }
}
