package io.github.dagwasm.wasm.admission;

import java.util.Map;

/**
 * The encoding of value types. A type is a number: its code, and for a reference to a type of the
 * module's own the index, so that equal types are equal numbers.
 */
final class ValueTypes {

    /**
     * How many types of a long list messages show. No function that is provided has more: the types
     * of imports are compared as they are shown. WASI's {@code path_open} has as many.
     */
    static final int SHOWN = 9;

    static final int FUNCTION_REFERENCE = 0x70;

    private static final int EXTERNAL_REFERENCE = 0x6f;

    private static final int V128 = 0x7b;
    private static final int EXCEPTION_REFERENCE = 0x69;
    private static final int NULLABLE = 0x63;
    private static final int NOT_NULL = 0x64;
    private static final int LOW_BITS = 0x7f;

    /** The code of a reference stands in the lowest byte, the heap type above it. */
    private static final int HEAP_SHIFT = 8;

    private static final Map<Integer, String> NAMES =
            Map.of(
                    0x7f,
                    "i32",
                    0x7e,
                    "i64",
                    0x7d,
                    "f32",
                    0x7c,
                    "f64",
                    V128,
                    "v128",
                    FUNCTION_REFERENCE,
                    "funcref",
                    EXTERNAL_REFERENCE,
                    "externref",
                    EXCEPTION_REFERENCE,
                    "exnref");

    private ValueTypes() {}

    /** Reads a type. */
    static long read(Cursor at, Findings findings) {
        int start = at.position();
        int code = at.u8();
        switch (code) {
            case 0x7f, 0x7e, 0x7d, 0x7c -> {
                return code;
            }
            case V128 -> {
                findings.use(Feature.SIMD, at.what());
                return code;
            }
            case NULLABLE, NOT_NULL -> {
                return reference(code, at, findings);
            }
            default -> {
                if (!heapType(code, at, findings)) {
                    throw at.malformed(String.format("no value type 0x%02x", code), start);
                }
                return code;
            }
        }
    }

    /** The type of the module's own that a reference is to; negative where there is none. */
    static long referredType(long type) {
        int code = (int) (type & 0xff);
        return code == NULLABLE || code == NOT_NULL ? type >> HEAP_SHIFT : -1;
    }

    /** The same kind of reference, to another type. */
    static long referringTo(long type, long referred) {
        return referred << HEAP_SHIFT | (type & 0xff);
    }

    /** Reads a heap type, as {@code ref.null} has one. */
    static void readHeapType(Cursor at, Findings findings) {
        int start = at.position();
        long type = at.signed(33);
        if (type >= 0) {
            findings.use(Feature.TYPED_REFERENCES, at.what());
        } else if (type < -0x40 || !heapType((int) (type & LOW_BITS), at, findings)) {
            throw at.malformed("no heap type " + type, start);
        }
    }

    /** The type as the text format writes it. */
    static String name(long type) {
        int code = (int) (type & 0xff);
        if (code != NULLABLE && code != NOT_NULL) {
            return NAMES.getOrDefault(code, "ref");
        }
        long heap = type >> HEAP_SHIFT;
        String of = heap < 0 ? NAMES.getOrDefault((int) heap & LOW_BITS, "ref") : "" + heap;
        return "(ref " + (code == NULLABLE ? "null " : "") + of + ")";
    }

    static boolean isReference(long type) {
        int code = (int) (type & 0xff);
        return code < V128;
    }

    private static long reference(int code, Cursor at, Findings findings) {
        int start = at.position();
        long heap = at.signed(33);
        findings.use(Feature.TYPED_REFERENCES, at.what());
        if (heap >= 0) {
            return heap << HEAP_SHIFT | code;
        }
        int abstractType = (int) (heap & LOW_BITS);
        if (heap < -0x40 || !heapType(abstractType, at, findings)) {
            throw at.malformed("no heap type " + heap, start);
        }
        return code == NULLABLE ? abstractType : heap << HEAP_SHIFT | code;
    }

    /** Whether there is such an abstract heap type; notes what it is part of. */
    private static boolean heapType(int code, Cursor at, Findings findings) {
        switch (code) {
            case FUNCTION_REFERENCE, EXTERNAL_REFERENCE ->
                    findings.use(Feature.REFERENCE_TYPES, at.what());
            case EXCEPTION_REFERENCE, 0x74 -> findings.use(Feature.EXCEPTIONS, at.what());
            case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73 ->
                    findings.use(Feature.GARBAGE_COLLECTION, at.what());
            case 0x61, 0x62, 0x66, 0x67 -> findings.use(Feature.STRING_REFERENCES, at.what());
            case 0x68, 0x75 -> findings.use(Feature.STACK_SWITCHING, at.what());
            default -> {
                return false;
            }
        }
        return true;
    }
}
