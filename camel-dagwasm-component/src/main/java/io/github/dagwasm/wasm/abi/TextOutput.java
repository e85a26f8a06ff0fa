package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.wasm.engine.MemoryReserve;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects what a guest answers, up to a limit; while no answer is expected, it is a line for
 * people as any other. For one thread at a time.
 */
final class TextOutput extends OutputStream {

    private static final byte[] NOTHING = {};
    private static final int LEAST_CAPACITY = 1024;

    private static final AnswerRoom NO_ROOM = new AnswerRoom(0, MemoryReserve.UNLIMITED);

    private final LineOutput otherwise;
    private boolean expected;
    private byte[] bytes = NOTHING;
    private int count;
    private long limit;
    private AnswerRoom room = NO_ROOM;

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
     * @param room how many bytes it may have, and where they are kept
     * @param likely how many it is likely to have
     */
    void begin(AnswerRoom room, int likely) {
        this.room = room;
        expected = true;
        limit = Math.min(room.mostBytes(), Integer.MAX_VALUE - LEAST_CAPACITY);
        bytes = new byte[room.take(Math.min(limit, (long) likely + LEAST_CAPACITY))];
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
            throw room.exceeded();
        }
        if (needed > bytes.length) {
            long capacity = Math.min(limit, Math.max(needed, 2L * bytes.length));
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, room.take(capacity));
            room.give(before);
        }
        System.arraycopy(more, offset, bytes, count, length);
        count += length;
    }

    /** Hands the answer over, and expects none any more. */
    byte[] take() {
        byte[] answer = count == bytes.length ? bytes : Arrays.copyOf(bytes, room.take(count));
        clear();
        return answer;
    }

    /** Forgets it. */
    void clear() {
        expected = false;
        bytes = NOTHING;
        count = 0;
        limit = 0;
        room = NO_ROOM;
    }
}
