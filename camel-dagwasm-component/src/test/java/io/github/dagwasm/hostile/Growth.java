package io.github.dagwasm.hostile;

import static io.github.dagwasm.hostile.Attack.answered;
import static io.github.dagwasm.hostile.Attack.exceeds;
import static io.github.dagwasm.hostile.Attack.refused;
import static io.github.dagwasm.hostile.Attack.stopped;
import static io.github.dagwasm.hostile.Attack.traps;
import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.util.List;

/** Memories and tables that grow to the cap and past it. */
final class Growth {

    private static final int CAP_PAGES = 1024;
    private static final int CAP_ENTRIES = 100_000;
    private static final String UNREACHABLE = "Trapped on unreachable instruction";
    private static final String MEMORY_LIMIT =
            "the limit of 67108864 memory bytes is exceeded: 67174400 asked for (option"
                    + " limits.memory_mb)";

    private Growth() {}

    static List<Attack> all() {
        return List.of(
                exceeds("memory page by page", TestModules::endlessGrowth, MEMORY_LIMIT),
                answered("memory to the cap", () -> growing(CAP_PAGES - 1, true), "abc"),
                exceeds("memory past the cap", () -> growing(CAP_PAGES, true), MEMORY_LIMIT),
                answered("memory past the cap, borne", () -> growing(CAP_PAGES, false), "abc"),
                traps(
                        "memory by 2^31 - 1 pages",
                        () -> growing(Integer.MAX_VALUE, true),
                        UNREACHABLE),
                traps("memory by -1 pages", () -> growing(-1, true), UNREACHABLE),
                answered("memory by -1 pages, borne", () -> growing(-1, false), "abc"),
                traps("memory past its own maximum", Growth::pastItsOwnMaximum, UNREACHABLE),
                exceeds("an input that does not fit", TestModules::echo, smallLimit())
                        .limits("memory_mb: 1")
                        .input("x".repeat(1 << 20)),
                refused(
                        "a memory that begins over the limit",
                        () -> new TestModule().memory(CAP_PAGES + 1).bytes(),
                        "initial memory bytes: 67174400, over the limit of 67108864 (option"
                                + " limits.memory_mb)"),
                answered("table to the cap", () -> TestModules.tableGrowth(CAP_ENTRIES - 1), "abc"),
                exceeds(
                        "table past the cap",
                        () -> TestModules.tableGrowth(CAP_ENTRIES),
                        entries(CAP_ENTRIES, CAP_ENTRIES + 1)),
                exceeds(
                        "table by 2^31 - 1 entries",
                        () -> TestModules.tableGrowth(Integer.MAX_VALUE),
                        entries(CAP_ENTRIES, 1L << 31)),
                exceeds(
                        "table by -1 entries",
                        () -> TestModules.tableGrowth(-1),
                        entries(CAP_ENTRIES, 1L << 32)),
                exceeds("table entry by entry", Growth::entryByEntry, entries(1000, 1001))
                        .limits("table_entries: 1000"),
                stopped("a large table entry by entry", Growth::entryByEntry)
                        .limits("table_entries: 10000000"),
                answered("two tables to the cap", () -> twoTables(CAP_ENTRIES - 2), "abc"),
                exceeds(
                        "two tables past the cap",
                        () -> twoTables(CAP_ENTRIES - 1),
                        entries(CAP_ENTRIES, CAP_ENTRIES + 1)));
    }

    private static String entries(long limit, long asked) {
        return "the limit of "
                + limit
                + " table entries is exceeded: "
                + asked
                + " asked for (option limits.table_entries)";
    }

    private static String smallLimit() {
        return "the limit of 1048576 memory bytes is exceeded: 1114112 asked for (option"
                + " limits.memory_mb)";
    }

    /** Grows from one page; traps where it cannot, if it is of that kind. */
    private static byte[] growing(int pages, boolean trapping) {
        Code grow = code().i32(pages).memoryGrow().i32(-1).op(0x46).if_();
        return Guests.doing((trapping ? grow.unreachable() : grow).end()).bytes();
    }

    private static byte[] pastItsOwnMaximum() {
        return new TestModule()
                .memory(1, 2)
                .exportMemory("memory")
                .exported("allocate", 1, 1, 0, code().i32(1024))
                .exported("deallocate", 2, 0, 0, code())
                .exported(
                        "process",
                        1,
                        1,
                        0,
                        code().i32(2)
                                .memoryGrow()
                                .i32(-1)
                                .op(0x46)
                                .if_()
                                .unreachable()
                                .end()
                                .get(0))
                .bytes();
    }

    private static byte[] entryByEntry() {
        Code grow = code().block().loop().refNull().i32(1).tableGrow().i32(-1).op(0x46);
        return Guests.doing(grow.brIf(1).br(0).end().end().unreachable()).table(1).bytes();
    }

    /** Grows the second table by what the limit leaves both of them. */
    private static byte[] twoTables(int entries) {
        Code grow = code().refNull().i32(entries).op(0xfc, 0x0f, 1).i32(-1).op(0x46).if_();
        return Guests.doing(grow.unreachable().end()).table(1).table(1).bytes();
    }
}
