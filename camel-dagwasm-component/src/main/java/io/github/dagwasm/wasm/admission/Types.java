package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.spi.ModuleRefusedException;
import java.util.Arrays;

/**
 * The type section. Remembers where each type stands and reads it again when it is asked for, so
 * that a million types cost four million bytes and no objects.
 */
final class Types {

    static final Types NONE = new Types(null, new int[0], 0);

    private static final int FUNCTION = 0x60;

    private final Cursor section;
    private final int[] positions;
    private final int count;

    private Types(Cursor section, int[] positions, int count) {
        this.section = section;
        this.positions = positions;
        this.count = count;
    }

    static Types read(Cursor section) {
        long count = section.u32();
        int[] positions = new int[16];
        int known = 0;
        for (long i = 0; i < count; i++) {
            if (known == positions.length) {
                positions = Arrays.copyOf(positions, known * 2);
            }
            positions[known++] = section.position();
            int form = section.u8();
            if (form != FUNCTION) {
                throw new ModuleRefusedException(
                        "its type "
                                + i
                                + " is no function type; garbage-collected types are not"
                                + " supported");
            }
            skipValues(section);
            skipValues(section);
        }
        section.requireEnd();
        return new Types(section, positions, known);
    }

    /** The type as text, as in {@code (i32, i32) -> ()}, or what is wrong with the index. */
    String text(long index) {
        if (index >= count) {
            return "no type (index " + index + " of " + count + ")";
        }
        Cursor at = section.goneTo(positions[(int) index]);
        at.u8();
        return values(at) + " -> " + values(at);
    }

    private static void skipValues(Cursor at) {
        long count = at.u32();
        for (long i = 0; i < count; i++) {
            ValueTypes.read(at);
        }
    }

    private static String values(Cursor at) {
        StringBuilder text = new StringBuilder("(");
        long count = at.u32();
        for (long i = 0; i < count; i++) {
            String type = ValueTypes.read(at);
            if (i < ValueTypes.SHOWN) {
                text.append(i == 0 ? "" : ", ").append(type);
            } else if (i == ValueTypes.SHOWN) {
                text.append(", …");
            }
        }
        return text.append(')').toString();
    }
}
