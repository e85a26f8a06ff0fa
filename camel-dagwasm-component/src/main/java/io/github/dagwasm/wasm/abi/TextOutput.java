package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.spi.LimitExceededException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects what a guest answers, up to a limit; while no answer is expected, it is a line for
 * people as any other. For one thread at a time.
 */
final class TextOutput extends OutputStream {

    private static final byte[] NOTHING = {};
    private static final int LEAST_CAPACITY = 1024;

    private final LineOutput otherwise;
    private boolean expected;
    private byte[] bytes = NOTHING;
    private int count;
    private long limit;

    /**
     * Expects no answer yet.
     *
     * @param otherwise where everything goes that is no answer
     */
    TextOutput(LineOutput otherwise) {
        this.otherwise = otherwise;
    }

    /**
     * Expects an answer.
     *
     * @param most how many bytes it may have
     * @param likely how many it is likely to have
     */
    void begin(long most, int likely) {
        expected = true;
        limit = Math.min(most, Integer.MAX_VALUE - LEAST_CAPACITY);
        bytes = new byte[(int) Math.min(limit, (long) likely + LEAST_CAPACITY)];
        count = 0;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int length) {
        if (!expected) {
            otherwise.write(more, offset, length);
            return;
        }
        long needed = (long) count + length;
        if (needed > limit) {
            throw LimitExceededException.byMore("output bytes", limit, "limits.output_bytes");
        }
        if (needed > bytes.length) {
            long capacity = Math.min(limit, Math.max(needed, 2L * bytes.length));
            bytes = Arrays.copyOf(bytes, (int) capacity);
        }
        System.arraycopy(more, offset, bytes, count, length);
        count += length;
    }

    /** Hands the answer over, and expects none any more. */
    byte[] take() {
        byte[] answer = count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        clear();
        return answer;
    }

    /** Forgets it. */
    void clear() {
        expected = false;
        bytes = NOTHING;
        count = 0;
        limit = 0;
    }
}
