package io.github.dagwasm.wasm.admission;

import java.util.Optional;

/** A part of WebAssembly that came after its first version, and whether it is supported here. */
public enum Feature {
    /** Globals that are imported or exported and change. */
    MUTABLE_GLOBALS("mutable globals"),

    /** Integers are extended from 8, 16 and 32 bits. */
    SIGN_EXTENSION("sign extension"),

    /** Conversions of floating-point numbers that do not trap. */
    SATURATING_CONVERSIONS("saturating conversions"),

    /** Functions and blocks with several results, blocks with parameters. */
    MULTI_VALUE("multiple values"),

    /** Instructions on stretches of memory and tables, passive segments. */
    BULK_MEMORY("bulk memory"),

    /** References as values, several tables. */
    REFERENCE_TYPES("reference types"),

    /** References to functions of a known type. */
    TYPED_REFERENCES("typed function references"),

    /** Calls in place of a return. */
    TAIL_CALLS("tail calls"),

    /** Arithmetic in constant expressions. */
    EXTENDED_CONSTANTS("extended constant expressions"),

    /** Exceptions with {@code try_table}. */
    EXCEPTIONS("exceptions"),

    /** Exceptions with {@code try} and {@code catch}, as they were first proposed. */
    LEGACY_EXCEPTIONS(
            "legacy exceptions", "build it without exceptions, or with those of try_table"),

    /** Vectors of 128 bits. */
    SIMD("SIMD", "build it without vector instructions (-msimd128, simd128)"),

    /** Vectors of 128 bits, with results that depend on the processor. */
    RELAXED_SIMD(
            "relaxed SIMD", "build it without vector instructions (-mrelaxed-simd, relaxed-simd)"),

    /** Shared memories and atomic instructions. */
    THREADS("threads", "build it for one thread (without -pthread and atomics)"),

    /** More than one memory. */
    MULTI_MEMORY("multiple memories", "link it with one memory"),

    /** Memories and tables with 64-bit addresses. */
    MEMORY_64("64-bit memory", "build it for wasm32"),

    /** Structs, arrays and other objects outside of the memory. */
    GARBAGE_COLLECTION(
            "garbage collection",
            "only languages that keep their objects in linear memory can be used, not Kotlin or Dart"),

    /** Strings as references. */
    STRING_REFERENCES("string references", "build it with strings in linear memory"),

    /** Stacks that are set aside and taken up again. */
    STACK_SWITCHING("stack switching", "build it without continuations");

    private final String label;
    private final Optional<String> remedy;

    Feature(String label) {
        this.label = label;
        this.remedy = Optional.empty();
    }

    Feature(String label, String remedy) {
        this.label = label;
        this.remedy = Optional.of(remedy);
    }

    /**
     * Whether a module that uses it can be admitted.
     *
     * @return true if it can
     */
    public boolean supported() {
        return remedy.isEmpty();
    }

    /**
     * Why a module that uses it is refused, and what to do.
     *
     * @param where where in the module it is used
     * @return a sentence about "it"
     * @throws java.util.NoSuchElementException if it is supported
     */
    public String refusal(String where) {
        return "it uses a proposal that is not supported: "
                + label
                + " ("
                + where
                + "); "
                + remedy.orElseThrow();
    }

    /** What people call it. */
    @Override
    public String toString() {
        return label;
    }
}
