package io.github.dagwasm.hostile;

import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;

/** Guests that grow as far as their limit lets them, each in a way of its own, and then echo. */
enum GrowingGuest {
    /** In steps of 4 MiB. */
    IN_STEPS,
    /** By as much as there is. */
    DOUBLING,
    /** 64 KiB at a time. */
    PAGE_BY_PAGE,
    /** To the limit of 64 MiB in one step. */
    AT_ONCE,
    /** The memory and a table, in turn. */
    WITH_A_TABLE,
    /** Before the first message, so that an image has it, with 8 MiB that are not zero. */
    IN_INITIALIZE,
    /** In the start function. */
    IN_START,
    /** Where room for the text is asked for. */
    IN_ALLOCATE;

    byte[] module() {
        return switch (this) {
            case IN_STEPS -> in("process", untilRefused(code().i32(64)));
            case DOUBLING -> in("process", untilRefused(code().memorySize()));
            case PAGE_BY_PAGE -> in("process", untilRefused(code().i32(1)));
            case AT_ONCE -> in("process", code().i32(1022).memoryGrow().drop());
            case WITH_A_TABLE -> {
                Code table = code().refNull().i32(5000).tableGrow().drop();
                yield in("process", untilRefused(table.i32(64)));
            }
            case IN_INITIALIZE -> in("_initialize", filling());
            case IN_START -> in("start", filling());
            case IN_ALLOCATE -> in("allocate", untilRefused(code().i32(64)));
        };
    }

    /** Grows again and again by as many pages as the instructions leave. */
    private static Code untilRefused(Code pages) {
        return code().loop().then(pages).memoryGrow().i32(-1).op(0x47).brIf(0).end();
    }

    private static Code filling() {
        return code().i32(510).memoryGrow().drop().i32(1 << 17).i32(7).i32(8 << 20).memoryFill();
    }

    private static byte[] in(String where, Code growth) {
        TestModule module =
                new TestModule()
                        .memory(2)
                        .table(1)
                        .exportMemory("memory")
                        .exported("allocate", 1, 1, 0, at("allocate", where, growth).i32(1024))
                        .exported("deallocate", 2, 0, 0, code())
                        .exported("process", 1, 1, 0, at("process", where, growth).get(0))
                        .exported("_initialize", 0, 0, 0, at("_initialize", where, growth));
        return where.equals("start")
                ? module.function(0, 0, 0, growth).start(4).bytes()
                : module.bytes();
    }

    private static Code at(String here, String where, Code growth) {
        return here.equals(where) ? code().then(growth) : code();
    }
}
