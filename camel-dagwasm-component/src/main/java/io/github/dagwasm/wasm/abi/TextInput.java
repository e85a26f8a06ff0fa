package io.github.dagwasm.wasm.abi;

import java.io.InputStream;

/** A text, to be read once. For one thread at a time. */
final class TextInput extends InputStream {

    private static final byte[] NOTHING = {};
    private static final int END = -1;
    private static final int BYTE_MASK = 0xff;

    private byte[] text = NOTHING;
    private int position;

    /** Begins with a text, which is not changed. */
    void begin(byte[] utf8) {
        text = utf8;
        position = 0;
    }

    /** Forgets it. */
    void clear() {
        begin(NOTHING);
    }

    @Override
    public int read() {
        return position < text.length ? text[position++] & BYTE_MASK : END;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int left = available();
        if (left == 0) {
            return END;
        }
        int taken = Math.min(length, left);
        System.arraycopy(text, position, bytes, offset, taken);
        position += taken;
        return taken;
    }

    @Override
    public int available() {
        return text.length - position;
    }
}
