package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.GuestFrames;
import io.github.dagwasm.text.GuestText;

/**
 * A guest gave up, in its own words, of which no text is made yet: it is thrown where hardly any
 * stack may be left, and becomes a {@link GuestFailureException} before anybody sees it.
 */
final class GuestAbortException extends DagWasmException {

    static final int MESSAGE_CODE_POINTS = 1000;

    private static final long serialVersionUID = 1L;

    private static final int FILE_CODE_POINTS = 200;

    private final byte[] message;
    private final byte[] file;
    private final int line;
    private final int column;

    /**
     * Keeps what the guest said.
     *
     * @param message the beginning of its message in UTF-16, little endian; empty for none
     * @param file the beginning of its file's name, likewise
     * @param line the line, an unsigned number
     * @param column the column, an unsigned number
     */
    GuestAbortException(byte[] message, byte[] file, int line, int column) {
        super("the guest aborted", null);
        this.message = message;
        this.file = file;
        this.line = line;
        this.column = column;
    }

    /** The same as a failure of the guest, with all that it said. */
    GuestFailureException failure() {
        return GuestFrames.putOn(
                GuestFailureException.quoting(getMessage(), words(), this), GuestFrames.of(this));
    }

    private String words() {
        String said = message.length == 0 ? "" : ": guest: " + shown(message, MESSAGE_CODE_POINTS);
        String at = Integer.toUnsignedString(line);
        String in = Integer.toUnsignedString(column);
        String place =
                file.length == 0
                        ? "line " + at + ", column " + in
                        : shown(file, FILE_CODE_POINTS) + ":" + at + ":" + in;
        return said + " (" + place + ")";
    }

    /** A half of a pair, or of a unit, may be at the end: then it is beyond what is shown. */
    private static String shown(byte[] utf16, int codePoints) {
        char[] units = new char[utf16.length / Character.BYTES];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) ((utf16[2 * i] & 0xff) | (utf16[2 * i + 1] << Byte.SIZE));
        }
        return GuestText.escape(new String(units), codePoints);
    }

    @Override
    public String kind() {
        return "guest_failure";
    }
}
