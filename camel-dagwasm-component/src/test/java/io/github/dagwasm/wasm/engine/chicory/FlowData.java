package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.F32;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.F64;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.I32;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.I64;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import java.util.List;
import java.util.Random;

/**
 * Chooses instructions on the memory, the second table and the globals of a {@link RandomFlow}.
 * Addresses lie at the borders of blocks and pages and at the memory's end more often than chance
 * would have it, and few lie beyond.
 */
final class FlowData {

    /** Bytes of the memory at the beginning; it may grow. */
    static final int MEMORY_BYTES = 2 * 65_536;

    /** Bytes of the passive data segment. */
    static final int SEGMENT_BYTES = 6000;

    /** Entries of the second table at the beginning, and of the passive element segment. */
    static final int ENTRIES = 10;

    /** The global that is an i64. */
    private static final int LONG_GLOBAL = 2;

    private static final int BLOCK = 4096;
    private static final int NEAR = 12;
    private static final int FUNCREF = 0x70;
    private static final int TABLE = 1;
    private static final int BULK = 0xfc;

    private record Access(int opcode, int type, int width) {}

    private static final List<Access> LOADS =
            List.of(
                    new Access(0x28, I32, 4),
                    new Access(0x29, I64, 8),
                    new Access(0x2a, F32, 4),
                    new Access(0x2b, F64, 8),
                    new Access(0x2c, I32, 1),
                    new Access(0x2d, I32, 1),
                    new Access(0x2e, I32, 2),
                    new Access(0x2f, I32, 2),
                    new Access(0x30, I64, 1),
                    new Access(0x31, I64, 1),
                    new Access(0x32, I64, 2),
                    new Access(0x33, I64, 2),
                    new Access(0x34, I64, 4),
                    new Access(0x35, I64, 4));

    private static final List<Access> STORES =
            List.of(
                    new Access(0x36, I32, 4),
                    new Access(0x37, I64, 8),
                    new Access(0x38, F32, 4),
                    new Access(0x39, F64, 8),
                    new Access(0x3a, I32, 1),
                    new Access(0x3b, I32, 2),
                    new Access(0x3c, I64, 1),
                    new Access(0x3d, I64, 2),
                    new Access(0x3e, I64, 4));

    private final Random random;
    private final FlowBody body;
    private final boolean lasting;

    /**
     * Makes it for one function.
     *
     * @param lasting whether it may change what no reset sets back: tables and segments
     */
    FlowData(Random random, FlowBody body, boolean lasting) {
        this.random = random;
        this.body = body;
        this.lasting = lasting;
    }

    void step() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> load();
            case 4, 5, 6, 7 -> store();
            case 8, 9 -> bulk();
            case 10 -> body.put(List.of(), code().memorySize(), List.of(I32));
            case 11 -> body.put(List.of(), code().i32(pages()).memoryGrow(), List.of(I32));
            case 12 -> global();
            case 13 -> readTable();
            default -> {
                if (lasting) {
                    changeTable();
                } else {
                    store();
                }
            }
        }
    }

    private void load() {
        Access load = LOADS.get(random.nextInt(LOADS.size()));
        Code at = code();
        int offset = address(at, load.width());
        body.put(
                List.of(I32),
                at.op(load.opcode(), alignment(load)).then(leb(offset)),
                List.of(load.type()));
    }

    private void store() {
        Access store = STORES.get(random.nextInt(STORES.size()));
        int type = store.type();
        int local = body.local(type);
        body.put(List.of(type), code().set(local), List.of());
        Code at = code();
        int offset = address(at, store.width());
        body.put(List.of(I32), at.get(local), List.of(I32, type));
        body.put(
                List.of(I32, type),
                code().op(store.opcode(), alignment(store)).then(leb(offset)),
                List.of());
    }

    private int alignment(Access access) {
        return random.nextInt(Integer.numberOfTrailingZeros(access.width()) + 1);
    }

    /**
     * Turns an operand into an address.
     *
     * @return the offset that belongs to it
     */
    private int address(Code of, int width) {
        int mask = List.of(0, 0, 1, 7, 31).get(random.nextInt(5));
        of.i32(mask).op(0x71);
        if (random.nextInt(24) == 0) {
            of.i32(beyond()).add();
            return 0;
        }
        int base = Math.min(border(), MEMORY_BYTES - width - mask);
        int offset = random.nextBoolean() ? 0 : random.nextInt(base + 1);
        of.i32(base - offset).add();
        return offset;
    }

    private int border() {
        int near = random.nextInt(2 * NEAR) - NEAR;
        int blocks = MEMORY_BYTES / BLOCK;
        return Math.max(
                0,
                switch (random.nextInt(4)) {
                    case 0 -> MEMORY_BYTES + near;
                    case 1 -> MEMORY_BYTES / 2 + near;
                    case 2 -> random.nextInt(MEMORY_BYTES);
                    default -> random.nextInt(blocks) * BLOCK + near;
                });
    }

    private int beyond() {
        return switch (random.nextInt(4)) {
            case 0 -> MEMORY_BYTES;
            case 1 -> Integer.MAX_VALUE - random.nextInt(NEAR);
            case 2 -> -1 - random.nextInt(NEAR);
            default -> MEMORY_BYTES + random.nextInt(3 * MEMORY_BYTES);
        };
    }

    private int pages() {
        return random.nextInt(8) == 0 ? 70_000 : random.nextInt(2);
    }

    private void bulk() {
        int to = Math.min(border(), MEMORY_BYTES);
        int from = Math.min(border(), MEMORY_BYTES);
        int most = random.nextBoolean() ? 100 : MEMORY_BYTES;
        int length = random.nextInt(Math.min(most, MEMORY_BYTES - Math.max(to, from)) + 1);
        if (random.nextInt(24) == 0) {
            to = beyond();
        }
        Code at = code().i32(to);
        switch (random.nextInt(lasting ? 7 : 6)) {
            case 0, 1 -> at.i32(random.nextInt()).i32(length).memoryFill();
            case 2, 3 -> at.i32(from).i32(length).memoryCopy();
            case 4, 5 -> {
                int bytes = Math.min(length, SEGMENT_BYTES);
                int begin = random.nextInt(SEGMENT_BYTES - bytes + 1);
                at.i32(begin).i32(bytes).memoryInit(0);
            }
            default -> at.drop().op(BULK, 9, 0);
        }
        body.put(List.of(), at, List.of());
    }

    private void global() {
        if (random.nextBoolean()) {
            body.put(List.of(), code().globalGet(LONG_GLOBAL), List.of(I64));
        } else {
            Code added = code().globalGet(LONG_GLOBAL).op(0x7c).globalSet(LONG_GLOBAL);
            body.put(List.of(I64), added, List.of());
        }
    }

    private void readTable() {
        if (random.nextBoolean()) {
            body.put(List.of(), code().op(BULK, 16, TABLE), List.of(I32));
        } else {
            body.put(List.of(), code().i32(entry()).op(0x25, TABLE, 0xd1), List.of(I32));
        }
    }

    private void changeTable() {
        int length = random.nextInt(4);
        int reference = random.nextInt(RandomFlow.FUNCTIONS);
        switch (random.nextInt(6)) {
            case 0 -> table(code().i32(entry()).op(0xd2, reference).op(0x26, TABLE));
            case 1 -> table(code().i32(entry()).op(0xd0, FUNCREF).i32(length).op(BULK, 17, TABLE));
            case 2 ->
                    table(code().i32(entry()).i32(entry()).i32(length).op(BULK, 14, TABLE, TABLE));
            case 3 ->
                    table(
                            code().i32(entry())
                                    .i32(random.nextInt(ENTRIES - length))
                                    .i32(length)
                                    .op(BULK, 12, 0, TABLE));
            case 4 ->
                    body.put(
                            List.of(),
                            code().op(0xd2, reference).i32(length).op(BULK, 15, TABLE),
                            List.of(I32));
            default -> {
                if (random.nextInt(6) == 0) {
                    table(code().op(BULK, 13, 0));
                }
            }
        }
    }

    private void table(Code code) {
        body.put(List.of(), code, List.of());
    }

    /** An index that leaves room behind it, but for few. */
    private int entry() {
        return random.nextInt(24) == 0 ? random.nextInt(60) - 5 : random.nextInt(ENTRIES - 4);
    }

    private static Code leb(int value) {
        Code code = code();
        for (byte each : TestModule.leb(value)) {
            code.op(each);
        }
        return code;
    }
}
