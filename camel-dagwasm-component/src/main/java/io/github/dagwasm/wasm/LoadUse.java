package io.github.dagwasm.wasm;

/**
 * What loads of modules have at one moment.
 *
 * @param running how many run that somebody waits for
 * @param waiting how many wait for a place or for heap
 * @param leftBehind how many run that were not done in time, so that nobody waits for them
 * @param mostLeftBehind how many of those there may be; then no other load begins
 * @param bytes what all that run take of the heap by their estimates, in bytes
 */
public record LoadUse(int running, int waiting, int leftBehind, int mostLeftBehind, long bytes) {

    /** No loads. */
    public static final LoadUse NONE =
            new LoadUse(0, 0, 0, ModuleCache.MOST_LEFT_BEHIND + ModuleCache.CONCURRENT_LOADS, 0);
}
