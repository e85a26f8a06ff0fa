package io.github.dagwasm.wasm.admission;

import java.util.Arrays;

/** How instructions of one byte are encoded, and what they do to the number of operands. */
final class Opcodes {

    static final int END = 0x0b;

    /** What follows an instruction's byte, or how it is treated besides. */
    static final byte NOTHING = 0;

    static final byte INDEX = 1;
    static final byte TWO_INDEXES = 2;
    static final byte MEMORY_ARGUMENT = 3;
    static final byte MEMORY_INDEX = 4;
    static final byte INT_32 = 5;
    static final byte INT_64 = 6;
    static final byte FLOAT_32 = 7;
    static final byte FLOAT_64 = 8;
    static final byte CONTROL = 9;
    static final byte REFERENCE = 10;
    static final byte PREFIX = 11;
    static final byte UNKNOWN = 12;

    private static final byte[] KINDS = new byte[256];
    private static final byte[] CHANGES = new byte[256];

    static {
        Arrays.fill(KINDS, UNKNOWN);
        fill(0x00, 0x19, CONTROL, 0);
        fill(0x01, 0x01, NOTHING, 0); // nop
        fill(0x16, 0x17, UNKNOWN, 0);
        fill(0x1a, 0x1a, NOTHING, -1); // drop
        fill(0x1b, 0x1b, NOTHING, -2); // select
        fill(0x1c, 0x1c, REFERENCE, -2); // select with types
        fill(0x1f, 0x1f, CONTROL, 0); // try_table
        fill(0x20, 0x20, INDEX, 1); // local.get
        fill(0x21, 0x21, INDEX, -1);
        fill(0x22, 0x22, INDEX, 0);
        fill(0x23, 0x23, INDEX, 1); // global.get
        fill(0x24, 0x24, INDEX, -1);
        fill(0x25, 0x25, REFERENCE, 0); // table.get
        fill(0x26, 0x26, REFERENCE, -2);
        fill(0x28, 0x35, MEMORY_ARGUMENT, 0); // loads
        fill(0x36, 0x3e, MEMORY_ARGUMENT, -2); // stores
        fill(0x3f, 0x3f, MEMORY_INDEX, 1);
        fill(0x40, 0x40, MEMORY_INDEX, 0);
        fill(0x41, 0x41, INT_32, 1);
        fill(0x42, 0x42, INT_64, 1);
        fill(0x43, 0x43, FLOAT_32, 1);
        fill(0x44, 0x44, FLOAT_64, 1);
        fill(0x45, 0xc4, NOTHING, 0); // one operand in, one out
        fill(0x46, 0x4f, NOTHING, -1); // comparisons of i32
        fill(0x51, 0x66, NOTHING, -1); // comparisons of i64, f32, f64
        fill(0x6a, 0x78, NOTHING, -1); // arithmetic of i32
        fill(0x7c, 0x8a, NOTHING, -1); // of i64
        fill(0x92, 0x98, NOTHING, -1); // of f32
        fill(0xa0, 0xa6, NOTHING, -1); // of f64
        fill(0xd0, 0xd0, REFERENCE, 1); // ref.null
        fill(0xd1, 0xd1, REFERENCE, 0);
        fill(0xd2, 0xd2, REFERENCE, 1); // ref.func
        fill(0xd3, 0xd3, REFERENCE, -1); // ref.eq
        fill(0xd4, 0xd4, REFERENCE, 0);
        fill(0xd5, 0xd6, CONTROL, 0); // br_on_null, br_on_non_null
        fill(0xe0, 0xe6, CONTROL, 0); // stack switching
        fill(0xfb, 0xfe, PREFIX, 0);
    }

    private Opcodes() {}

    static byte kind(int opcode) {
        return KINDS[opcode];
    }

    /** How many operands there are more afterwards; control instructions say so themselves. */
    static int change(int opcode) {
        return CHANGES[opcode];
    }

    static boolean extendsSign(int opcode) {
        return opcode >= 0xc0 && opcode <= 0xc4;
    }

    private static void fill(int from, int to, byte kind, int change) {
        Arrays.fill(KINDS, from, to + 1, kind);
        Arrays.fill(CHANGES, from, to + 1, (byte) change);
    }
}
