package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.spi.ModuleRefusedException;
import java.util.Set;

/** The encoding of value types. */
final class ValueTypes {

    /** How many types of a long list messages show. */
    static final int SHOWN = 8;

    private static final int NULLABLE_REFERENCE = 0x63;
    private static final int REFERENCE = 0x64;
    private static final int LOWEST_ABSTRACT = 0x68;
    private static final int HIGHEST_ABSTRACT = 0x74;

    private static final int NO_OBJECT = 0x80;

    /** any, eq, i31, struct, array and the type of none of them. */
    private static final Set<Integer> OBJECTS = Set.of(0x6e, 0x6d, 0x6c, 0x6b, 0x6a, 0x71);

    private ValueTypes() {}

    /** Reads a type and says its name. */
    static String read(Cursor at) {
        int start = at.position();
        int code = at.u8();
        return switch (code) {
            case 0x7f -> "i32";
            case 0x7e -> "i64";
            case 0x7d -> "f32";
            case 0x7c -> "f64";
            case 0x7b -> "v128";
            case NULLABLE_REFERENCE, REFERENCE -> {
                // A heap type is a signed number of 33 bits, which has the length of an unsigned
                // one.
                refuseObject((int) Math.min(at.u32(), NO_OBJECT));
                yield "ref";
            }
            default -> {
                if (code < LOWEST_ABSTRACT || code > HIGHEST_ABSTRACT) {
                    throw at.malformed(String.format("no value type 0x%02x", code), start);
                }
                refuseObject(code);
                yield "ref";
            }
        };
    }

    private static void refuseObject(int heapType) {
        if (OBJECTS.contains(heapType)) {
            throw new ModuleRefusedException(
                    "it uses garbage-collected types, which are not supported");
        }
    }
}
