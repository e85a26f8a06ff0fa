package io.github.dagwasm.camel;

/**
 * What loads of modules have at one moment.
 *
 * @param running how many run that somebody waits for
 * @param waiting how many wait for a place or for heap
 * @param leftBehind how many run that were not done in time, so that nobody waits for them
 * @param mostLeftBehind how many of those there may be; then no other load begins
 * @param bytes what all that run take of the heap by their estimates, in bytes
 */
public record LoadFigures(
        int running, int waiting, int leftBehind, int mostLeftBehind, long bytes) {

    /**
     * Whether loads are refused because of those that were left behind.
     *
     * @return true if there are as many as there may be
     */
    public boolean full() {
        return leftBehind >= mostLeftBehind;
    }
}
