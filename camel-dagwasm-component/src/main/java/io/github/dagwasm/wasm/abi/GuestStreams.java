package io.github.dagwasm.wasm.abi;

/** The standard streams of one slot's guest. For one thread at a time. */
public final class GuestStreams {

    /** Those of a guest that imports nothing of WASI. */
    public static final GuestStreams NONE = new GuestStreams();

    private GuestStreams() {}
}
