package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.wasm.abi.AnswerRoom;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Room for the texts of messages, out of the room that all guests of a backend share: at most half
 * of it, so that there is always some for a guest that processes them. Texts below {@value
 * #SMALLEST} bytes are free: they are too small to fill a heap before there are as many runs as
 * threads. Safe for use by any number of threads.
 */
public final class TextRoom {

    /** Smaller texts cost nothing, not even a look at a lock. */
    static final int SMALLEST = AnswerRoom.SMALLEST;

    private static final int KIB_SHIFT = 10;

    /** Instances that texts keep: none. */
    static final Tenant NOBODY =
            new Tenant() {
                @Override
                public Optional<Share> pollIdle() {
                    return Optional.empty();
                }

                @Override
                public boolean keepIdle(Share share) {
                    return false;
                }

                @Override
                public int idle() {
                    return 0;
                }

                @Override
                public long forget() {
                    return 0;
                }
            };

    private final Sandbox sandbox;
    private final int kibibytes;
    private final Semaphore free;

    /** One text at a time may wait while it has room: it waits for nobody that waits for it. */
    private final Semaphore growing = new Semaphore(1);

    TextRoom(Sandbox sandbox) {
        this.sandbox = sandbox;
        kibibytes = kibibytes(sandbox.bounds().memoryBytes() / 2);
        free = new Semaphore(kibibytes, true);
    }

    /**
     * Begins with nothing.
     *
     * @return what the texts of one message take, to be closed when its run is over
     */
    public TextLease lease() {
        return new TextLease(Optional.of(this));
    }

    /** Waits for room, as long as the operator says. */
    Share enter(long bytes) throws InterruptedException {
        return enter(bytes, permits(bytes));
    }

    private Share enter(long bytes, int asked) throws InterruptedException {
        long most = sandbox.bounds().patience().toNanos();
        long before = System.nanoTime();
        if (!free.tryAcquire(asked, most, TimeUnit.NANOSECONDS)) {
            throw sandbox.noRoom(bytes, "texts, which may have half of it, had that for too long");
        }
        Share share = new Share(NOBODY, sandbox, 0, bytes, 0);
        boolean entered = false;
        try {
            Share found = sandbox.enter(share, most - (System.nanoTime() - before));
            entered = true;
            return found;
        } finally {
            if (!entered) {
                free.release(asked);
            }
        }
    }

    /** Whether a share's room comes from the same sandbox. */
    boolean isOf(Share share) {
        return share.isOf(sandbox);
    }

    /** Gives back what a share handed over. */
    void release(long bytes) {
        sandbox.release(bytes);
    }

    SandboxFullException interrupted(long bytes) {
        return sandbox.noRoom(bytes, "the wait was interrupted");
    }

    /** Takes more, and waits for that as long as the operator says where nobody else does. */
    void grow(Share share, long more) throws InterruptedException {
        int asked = permits(share.held() + more) - permits(share.held());
        if (grows(share, more, asked)) {
            return;
        }
        if (!growing.tryAcquire()) {
            throw sandbox.noRoom(more, "another text that is being read waits for room before");
        }
        try {
            share.takeOver(enter(more, asked));
        } finally {
            growing.release();
        }
    }

    private boolean grows(Share share, long more, int asked) {
        if (!free.tryAcquire(asked)) {
            return false;
        }
        boolean grown = share.takes(more, true);
        free.release(grown ? 0 : asked);
        return grown;
    }

    /** Gives back what a share has above a number of bytes. */
    void shrink(Share share, long most) {
        int before = permits(share.held());
        share.keep(most);
        free.release(before - permits(share.held()));
    }

    void leave(Share share) {
        share.close();
        free.release(permits(share.held()));
    }

    /** One text that is larger than there is waits for all of it. */
    private int permits(long bytes) {
        return Math.min(kibibytes, kibibytes(bytes));
    }

    private static int kibibytes(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes >> KIB_SHIFT));
    }
}
