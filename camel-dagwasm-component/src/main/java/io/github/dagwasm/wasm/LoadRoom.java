package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.ModuleRefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Places and heap for loads. So many loads run at a time, each on a thread of its own, and together
 * they take no more than so much heap, by their estimates. The others wait in the order of their
 * arrival; a load that asks for more heap than there is waits for all of it.
 *
 * <p>A compiler cannot be stopped. A load that everybody has given up goes on: it keeps its thread
 * and its heap until it ends, but no longer its place, so that another load begins. How many loads
 * are left behind like that is bounded: each may keep a processor busy for good. Beyond the bound a
 * load that is given up keeps its place; when all places are lost, loads are refused.
 *
 * <p>Safe for use by any number of threads. No lock is held while loads run or are refused.
 */
final class LoadRoom implements AutoCloseable {

    private static final long MIB = 1L << 20;

    /** What is loaded. */
    interface Work {

        /** Loads, on a thread of the room's, and throws nothing. */
        void load();

        /** The load does not begin: there is no room for it any more. */
        void refuse(ModuleRefusedException reason);
    }

    private final int places;
    private final long bytes;
    private final int mostLeftBehind;
    private final Object lock = new Object();
    private final Deque<Load> waiting = new ArrayDeque<>();
    private final Set<Load> running = new LinkedHashSet<>();
    private int usedPlaces;
    private long usedBytes;
    private int leftBehind;
    private long bytesLeftBehind;
    private int lostPlaces;
    private int threads;
    private boolean closed;

    /**
     * Room for loads.
     *
     * @param places how many run at a time
     * @param bytes how much heap they take together
     * @param mostLeftBehind how many may be left behind besides
     */
    LoadRoom(int places, long bytes, int mostLeftBehind) {
        this.places = places;
        this.bytes = bytes;
        this.mostLeftBehind = mostLeftBehind;
    }

    /**
     * Lets a load begin as soon as there is room.
     *
     * @param asked the heap that it takes
     * @throws ModuleRefusedException if it cannot begin until loads end that were left behind, and
     *     if the room is closed
     */
    Load enter(long asked, Work work) {
        Load load = new Load(Math.min(asked, bytes), work);
        synchronized (lock) {
            if (closed) {
                throw closed();
            }
            if (lostPlaces == places) {
                throw new ModuleRefusedException(
                        (leftBehind + lostPlaces)
                                + " loads of other modules that were not done in time still run, as"
                                + " many as may; wait until they end, or start the JVM again"
                                + " without these modules");
            }
            if (crowdedOut(load)) {
                throw noRoom(load);
            }
            waiting.add(load);
        }
        beginNext();
        return load;
    }

    /** What loads have now. */
    LoadUse use() {
        synchronized (lock) {
            return new LoadUse(
                    usedPlaces - lostPlaces,
                    waiting.size(),
                    leftBehind + lostPlaces,
                    mostLeftBehind + places,
                    usedBytes);
        }
    }

    /** Lets no load begin any more, and interrupts those that run. */
    @Override
    public void close() {
        List<Load> interrupted;
        synchronized (lock) {
            closed = true;
            waiting.clear();
            interrupted = List.copyOf(running);
        }
        interrupted.forEach(Load::interrupt);
    }

    static ModuleRefusedException closed() {
        return new ModuleRefusedException("the backend is closed");
    }

    private void beginNext() {
        List<Load> begun = new ArrayList<>();
        List<Load> refused = new ArrayList<>();
        synchronized (lock) {
            while (!waiting.isEmpty()) {
                Load next = waiting.peek();
                if (crowdedOut(next)) {
                    refused.add(waiting.remove());
                } else if (usedPlaces < places && next.bytes <= bytes - usedBytes) {
                    begun.add(waiting.remove());
                    next.begin();
                } else {
                    break;
                }
            }
        }
        refused.forEach(load -> load.work.refuse(noRoom(load)));
        begun.forEach(Load::start);
    }

    /**
     * Whether a load finds no room even when all others have ended that still can be waited for.
     */
    private boolean crowdedOut(Load load) {
        return load.bytes > bytes - bytesLeftBehind;
    }

    private ModuleRefusedException noRoom(Load load) {
        return new ModuleRefusedException(
                "loading it takes about "
                        + load.bytes / MIB
                        + " MiB of heap, and loads of other modules that were not done in time still"
                        + " hold too much of the "
                        + bytes / MIB
                        + " MiB for loads; wait until they end, or start the JVM again without"
                        + " these modules");
    }

    /** One load; its fields are guarded by the room's lock. */
    final class Load {

        private final long bytes;
        private final Work work;
        private Thread thread;
        private boolean givenUp;
        private boolean left;
        private boolean ended;

        Load(long bytes, Work work) {
            this.bytes = bytes;
            this.work = work;
        }

        /**
         * Nobody waits for it any more.
         *
         * @return whether it had not begun, and now never does
         */
        boolean giveUp() {
            synchronized (lock) {
                if (waiting.remove(this)) {
                    ended = true;
                } else if (running.contains(this) && !givenUp) {
                    givenUp = true;
                    leaveBehind();
                } else {
                    return false;
                }
            }
            beginNext();
            return ended;
        }

        private void leaveBehind() {
            if (leftBehind < mostLeftBehind) {
                left = true;
                leftBehind++;
                bytesLeftBehind += bytes;
                usedPlaces--;
            } else {
                lostPlaces++;
            }
        }

        private void begin() {
            usedPlaces++;
            usedBytes += bytes;
            running.add(this);
            threads++;
            thread = new Thread(this::run, "dagwasm-load-" + threads);
            thread.setDaemon(true);
            thread.setContextClassLoader(LoadRoom.class.getClassLoader());
        }

        private void start() {
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                end();
                work.refuse(new ModuleRefusedException("there is no thread to load it on", e));
            }
        }

        private void run() {
            try {
                work.load();
            } finally {
                end();
            }
        }

        private void end() {
            synchronized (lock) {
                running.remove(this);
                usedBytes -= bytes;
                if (left) {
                    leftBehind--;
                    bytesLeftBehind -= bytes;
                } else {
                    usedPlaces--;
                    lostPlaces -= givenUp ? 1 : 0;
                }
            }
            beginNext();
        }

        private void interrupt() {
            thread.interrupt();
        }
    }
}
