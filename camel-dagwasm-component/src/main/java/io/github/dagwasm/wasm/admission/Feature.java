package io.github.dagwasm.wasm.admission;

/** A part of WebAssembly that came after its first version, and whether it is supported here. */
public enum Feature {
    /** Globals that are imported or exported and change. */
    MUTABLE_GLOBALS("mutable globals", true),

    /** Integers are extended from 8, 16 and 32 bits. */
    SIGN_EXTENSION("sign extension", true),

    /** Conversions of floating-point numbers that do not trap. */
    SATURATING_CONVERSIONS("saturating conversions", true),

    /** Functions and blocks with several results, blocks with parameters. */
    MULTI_VALUE("multiple values", true),

    /** Instructions on stretches of memory and tables, passive segments. */
    BULK_MEMORY("bulk memory", true),

    /** References as values, several tables. */
    REFERENCE_TYPES("reference types", true),

    /** References to functions of a known type. */
    TYPED_REFERENCES("typed function references", true),

    /** Calls in place of a return. */
    TAIL_CALLS("tail calls", true),

    /** Arithmetic in constant expressions. */
    EXTENDED_CONSTANTS("extended constant expressions", true),

    /** Exceptions with {@code try_table}. */
    EXCEPTIONS("exceptions", true),

    /** Exceptions with {@code try} and {@code catch}, as they were first proposed. */
    LEGACY_EXCEPTIONS("legacy exceptions", false),

    /** Vectors of 128 bits. */
    SIMD("SIMD", false),

    /** Vectors of 128 bits, with results that depend on the processor. */
    RELAXED_SIMD("relaxed SIMD", false),

    /** Shared memories and atomic instructions. */
    THREADS("threads", false),

    /** More than one memory. */
    MULTI_MEMORY("multiple memories", false),

    /** Memories and tables with 64-bit addresses. */
    MEMORY_64("64-bit memory", false),

    /** Structs, arrays and other objects outside of the memory. */
    GARBAGE_COLLECTION("garbage collection", false),

    /** Strings as references. */
    STRING_REFERENCES("string references", false),

    /** Stacks that are set aside and taken up again. */
    STACK_SWITCHING("stack switching", false);

    private final String label;
    private final boolean supported;

    Feature(String label, boolean supported) {
        this.label = label;
        this.supported = supported;
    }

    /**
     * Whether a module that uses it can be admitted.
     *
     * @return true if it can
     */
    public boolean supported() {
        return supported;
    }

    /** What people call it. */
    @Override
    public String toString() {
        return label;
    }
}
