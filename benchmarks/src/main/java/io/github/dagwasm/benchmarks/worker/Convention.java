package io.github.dagwasm.benchmarks.worker;

import java.util.Locale;

/** A guest calling convention with a guest of its own that does the same work. */
public enum Convention {
    /** NUL-terminated UTF-8. */
    CSTRING("cstring"),
    /** UTF-8 with its length. */
    BUFFER("buffer"),
    /** UTF-16, by AssemblyScript. */
    ASSEMBLYSCRIPT("assemblyscript"),
    /** A WASI command, from stdin to stdout. */
    WASI("filter"),
    /** camel-wasm's envelope of JSON. */
    CAMEL_WASM("camel");

    private final String guest;

    Convention(String guest) {
        this.guest = guest;
    }

    /**
     * The guest.
     *
     * @return its name on the class path
     */
    String guest() {
        return "guests/" + guest + ".wasm";
    }

    /**
     * The name in tables.
     *
     * @return the name, as {@code abi:} says it
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the guest has a function for each work, and not one for all. */
    boolean named() {
        return this != WASI;
    }
}
