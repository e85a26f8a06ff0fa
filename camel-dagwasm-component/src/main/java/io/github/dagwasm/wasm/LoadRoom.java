package io.github.dagwasm.wasm;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * The part of the heap that loads may take together. One that finds no room waits for those before
 * it; one that asks for more than there is waits for all of it. Safe for use by any number of
 * threads.
 */
final class LoadRoom {

    private static final int KIB_SHIFT = 10;

    private final int kibibytes;
    private final Semaphore free;

    /**
     * Room for loads.
     *
     * @param bytes how much
     */
    LoadRoom(long bytes) {
        kibibytes = kibibytes(bytes);
        free = new Semaphore(kibibytes, true);
    }

    /**
     * Loads something where there is room for it.
     *
     * @param bytes what the load takes
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    <T> T with(long bytes, Callable<T> load) throws Exception {
        int taken = Math.min(kibibytes(bytes), kibibytes);
        free.acquire(taken);
        try {
            return load.call();
        } finally {
            free.release(taken);
        }
    }

    private static int kibibytes(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes >> KIB_SHIFT));
    }
}
