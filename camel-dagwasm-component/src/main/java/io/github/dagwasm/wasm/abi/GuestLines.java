package io.github.dagwasm.wasm.abi;

/** Where the lines go that a guest writes for people. For one thread at a time. */
public interface GuestLines {

    /**
     * How much is still kept.
     *
     * @return bytes of a line that comes next, at most; not negative
     */
    long room();

    /**
     * Takes a line. Called while the guest runs, perhaps with little stack left: so it copies and
     * does no more.
     *
     * @param kept the beginning of the line, or all of it; not kept itself
     * @param length how many bytes of that are the line's
     * @param whole how many bytes the whole line has, its end not counted
     */
    void line(byte[] kept, int length, long whole);
}
