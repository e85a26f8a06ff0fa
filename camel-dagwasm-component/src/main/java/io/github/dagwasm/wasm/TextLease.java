package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.wasm.engine.HeapCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Room that the texts of one message have while it is read and run. A text that is read counts
 * twice: as read, and in the other of its two forms or on its way there. So does each answer of a
 * guest, from before it is copied. For one thread at a time, but for {@link #another}, {@link
 * #adopt} and {@link #close}.
 */
public final class TextLease implements AutoCloseable {

    private static final int TIMES = 2;

    /** The next size that is covered where nobody knows how large a text is. */
    private static final int STEP = 2;

    /** Covers any text, for nothing. */
    public static final TextLease FREE = new TextLease(Optional.empty());

    private final Optional<TextRoom> room;
    private Optional<Share> taken = Optional.empty();

    /** What guests' answers take; guarded by this, like the next two. */
    private long answers;

    private final List<TextLease> others = new ArrayList<>();
    private boolean closed;

    TextLease(Optional<TextRoom> room) {
        this.room = room;
    }

    /**
     * Sees that there is room for a text before it is read, or for as much of it as is about to be
     * read. This waits where there is none. But a message that has room waits for more only where
     * no other such message waits: else each might wait for what the others have.
     *
     * @param bytes the size of the text; what was covered before counts
     * @throws SandboxFullException if there is no room; an interrupt ends the wait, and the
     *     thread's flag is set then
     */
    public void cover(long bytes) {
        if (bytes < TextRoom.SMALLEST || room.isEmpty()) {
            return;
        }
        long cost = TIMES * HeapCost.ofArray(bytes);
        if (taken.isEmpty()) {
            taken = Optional.of(enter(cost));
        } else if (cost > taken.get().held()) {
            grow(cost - taken.get().held());
        }
    }

    /**
     * Sees that there is room for the next part of a text of unknown size: as much again as was
     * read of it. Called whenever as much was read as is covered.
     *
     * @param read how many bytes were read
     * @param most how many bytes will be read at most
     * @return how many bytes are covered then
     * @throws SandboxFullException if there is no room
     */
    public long coverMore(long read, long most) {
        long covered = Math.min(most, Math.max(TextRoom.SMALLEST, read) * STEP);
        cover(read < TextRoom.SMALLEST ? 0 : covered);
        return read < TextRoom.SMALLEST ? Math.min(most, TextRoom.SMALLEST) : covered;
    }

    private Share enter(long cost) {
        try {
            return room.get().enter(cost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw room.get().interrupted(cost);
        }
    }

    private void grow(long more) {
        try {
            room.get().grow(taken.get(), more);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw room.get().interrupted(more);
        }
    }

    /**
     * Begins with nothing for another text of the same message.
     *
     * @return a lease that this one closes; one that costs nothing where the run is over
     */
    public synchronized TextLease another() {
        if (closed || room.isEmpty()) {
            return FREE;
        }
        TextLease other = room.get().lease();
        others.add(other);
        return other;
    }

    /**
     * Counts an answer among the texts of the message, until its run is over.
     *
     * @param share what took the room of the answer
     * @param bytes how much that is
     * @return false if the share still has it: nobody counts for this message, or its run is over
     */
    synchronized boolean adopt(Share share, long bytes) {
        if (closed || room.isEmpty() || !room.get().isOf(share)) {
            return false;
        }
        share.handOver(bytes);
        answers += bytes;
        return true;
    }

    /**
     * Keeps the room of one text that stays in the heap when the run is over.
     *
     * @param bytes the size of the text; at most the covered room is kept
     * @return a lease with that room, to be closed when the text is let go of
     */
    public synchronized TextLease keep(long bytes) {
        if (bytes < TextRoom.SMALLEST || taken.isEmpty()) {
            return FREE;
        }
        room.get().shrink(taken.get(), HeapCost.ofArray(bytes));
        TextLease kept = room.get().lease();
        kept.taken = taken;
        taken = Optional.empty();
        return kept;
    }

    /** Gives the room back; further calls do nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        others.forEach(TextLease::close);
        others.clear();
        taken.ifPresent(share -> room.get().leave(share));
        taken = Optional.empty();
        if (answers > 0) {
            room.get().release(answers);
            answers = 0;
        }
    }
}
