package io.github.dagwasm.wasm.engine;

import java.util.Locale;

/** The type of a value that crosses between guest and host. */
public enum ValueType {
    /** A 32-bit integer. */
    I32,
    /** A 64-bit integer. */
    I64,
    /** A 32-bit floating-point number. */
    F32,
    /** A 64-bit floating-point number. */
    F64,
    /** A vector of 128 bits. */
    V128,
    /** A reference of whatever kind. */
    REF;

    /** The name as the text format writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
