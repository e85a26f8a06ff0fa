package io.github.dagwasm.hostile;

import static io.github.dagwasm.hostile.Attack.answered;
import static io.github.dagwasm.hostile.Attack.traps;
import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import java.util.ArrayList;
import java.util.List;

/** Traps of every kind. */
final class Traps {

    private static final int ENTRIES = 4;
    private static final int SEGMENT = 8;
    private static final String OUTSIDE = "out of bounds memory access";
    private static final int TOP = Integer.MAX_VALUE - 15;

    private Traps() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>(numbers());
        all.addAll(memory());
        all.addAll(tables());
        all.addAll(calls());
        all.addAll(atInstantiation());
        return all;
    }

    private static List<Attack> numbers() {
        String zero = "integer divide by zero";
        String overflow = "integer overflow";
        String invalid = "invalid conversion to integer";
        return List.of(
                trap("unreachable", code().unreachable(), "Trapped on unreachable instruction"),
                trap("i32.div_s by 0", code().i32(1).i32(0).op(0x6d).drop(), zero),
                trap("i32.div_u by 0", code().i32(1).i32(0).op(0x6e).drop(), zero),
                trap("i32.rem_s by 0", code().i32(1).i32(0).op(0x6f).drop(), zero),
                trap("i32.rem_u by 0", code().i32(1).i32(0).op(0x70).drop(), zero),
                trap("i64.div_s by 0", code().i64(1).i64(0).op(0x7f).drop(), zero),
                trap("i64.rem_u by 0", code().i64(1).i64(0).op(0x82).drop(), zero),
                trap(
                        "i32.div_s of the least by -1",
                        code().i32(Integer.MIN_VALUE).i32(-1).op(0x6d).drop(),
                        overflow),
                trap(
                        "i64.div_s of the least by -1",
                        code().i64(Long.MIN_VALUE).i64(-1).op(0x7f).drop(),
                        overflow),
                trap("i32.trunc_f32_s of NaN", code().f32(Float.NaN).op(0xa8).drop(), invalid),
                trap("i64.trunc_f32_u of NaN", code().f32(Float.NaN).op(0xaf).drop(), invalid),
                trap("i32.trunc_f32_s of 1e20", code().f32(1e20f).op(0xa8).drop(), overflow),
                trap("i64.trunc_f32_s of 1e20", code().f32(1e20f).op(0xae).drop(), overflow));
    }

    private static List<Attack> memory() {
        return List.of(
                trap("a load at the end", code().i32(65536).load8().drop(), outside(65536, 1)),
                trap("a load at -1", code().i32(-1).load8().drop(), outside(-1, 1)),
                trap(
                        "a load across the end",
                        code().i32(65535).op(0x28, 0, 0).drop(),
                        outside(65535, 4)),
                trap(
                        "a load whose offset wraps",
                        code().i32(1).op(0x28, 0, 0xff, 0xff, 0xff, 0xff, 0x0f).drop(),
                        OUTSIDE),
                trap("a store at -1", code().i32(-1).i32(1).store8(), outside(-1, 1)),
                trap("an i64.store across the end", wideStore(65529), outside(65529, 8)),
                trap("an i64.store near 2^31", wideStore(TOP), outside(TOP, 8)),
                trap("memory.fill near 2^31", code().i32(TOP).i32(1).i32(32).memoryFill(), OUTSIDE),
                trap(
                        "memory.fill of -8 bytes",
                        code().i32(16).i32(1).i32(-8).memoryFill(),
                        OUTSIDE),
                trap("memory.fill at -1", code().i32(-1).i32(1).i32(1).memoryFill(), OUTSIDE),
                trap("memory.copy to 2^31", code().i32(TOP).i32(0).i32(32).memoryCopy(), OUTSIDE),
                trap("memory.copy from 2^31", code().i32(0).i32(TOP).i32(32).memoryCopy(), OUTSIDE),
                trap("memory.copy of -1 bytes", code().i32(0).i32(0).i32(-1).memoryCopy(), OUTSIDE),
                init("memory.init to 2^31", TOP, 0, 32, OUTSIDE),
                init("memory.init from 2^31", 0, TOP, 32, inSegment(TOP, 32)),
                init("memory.init of -1 bytes", 0, 0, -1, OUTSIDE),
                init("memory.init past its segment", 0, 4, 5, inSegment(4, 5)));
    }

    private static String outside(int address, int bytes) {
        return OUTSIDE
                + ": attempted to access address: "
                + address
                + " but limit is: 65536 and size: "
                + bytes;
    }

    private static Code wideStore(int address) {
        return code().i32(address).i64(1).op(0x37, 0, 0);
    }

    private static Attack init(String name, int target, int source, int length, String message) {
        Code init = code().i32(target).i32(source).i32(length).memoryInit(1);
        return traps(
                name, () -> Guests.doing(init).passiveData(new byte[SEGMENT]).bytes(), message);
    }

    private static String inSegment(int address, int bytes) {
        return OUTSIDE
                + ": attempted to access address: "
                + address
                + " but limit is: "
                + SEGMENT
                + " and size: "
                + bytes;
    }

    private static List<Attack> tables() {
        return List.of(
                table("table.get at the end", code().i32(ENTRIES).op(0x25, 0).drop()),
                table("table.get at -1", code().i32(-1).op(0x25, 0).drop()),
                table("table.set at the end", code().i32(ENTRIES).refNull().op(0x26, 0)),
                table("table.fill past the end", code().i32(0).refNull().i32(5).tableFill()),
                // A trap by the specification, which the engine's int arithmetic misses: no harm.
                answered(
                        "table.fill near 2^31",
                        () ->
                                Guests.doing(code().i32(TOP).refNull().i32(32).tableFill())
                                        .table(ENTRIES)
                                        .bytes(),
                        "abc"),
                table("table.fill of -1 entries", code().i32(1).refNull().i32(-1).tableFill()),
                table("table.copy to 2^31", code().i32(TOP).i32(0).i32(32).tableCopy()),
                table("table.copy from 2^31", code().i32(0).i32(TOP).i32(32).tableCopy()),
                table("table.copy of -1 entries", code().i32(1).i32(1).i32(-1).tableCopy()),
                table("table.init to 2^31", code().i32(TOP).i32(0).i32(32).tableInit(0)),
                table("table.init from 2^31", code().i32(0).i32(TOP).i32(32).tableInit(0)),
                table("table.init of -1 entries", code().i32(1).i32(1).i32(-1).tableInit(0)));
    }

    private static Attack table(String name, Code code) {
        return traps(
                name,
                () -> Guests.doing(code).table(ENTRIES).passiveElements(0, 0, 0, 0).bytes(),
                "out of bounds table access");
    }

    private static List<Attack> calls() {
        return List.of(
                indirect("call_indirect of null", 0, "uninitialized element"),
                indirect("call_indirect of another type", 1, "indirect call type mismatch"),
                indirect("call_indirect past the table", ENTRIES, "undefined element"),
                indirect("call_indirect of -1", -1, "undefined element"),
                traps(
                        "an exception that nobody catches",
                        () -> Guests.doing(code().op(0x08, 0)).tag().bytes(),
                        "uncaught exception"),
                traps(
                        "throw_ref of null",
                        () -> Guests.doing(code().op(0xd0, 0x69).op(0x0a)).bytes(),
                        "null exception reference"),
                traps(
                        "interpreted: throw_ref of null",
                        () -> Guests.interpreted(code().op(0xd0, 0x69).op(0x0a)).bytes(),
                        "null exception reference"));
    }

    /** Calls an entry of a table, of which only the second is there and takes two numbers. */
    private static Attack indirect(String name, int entry, String message) {
        return traps(
                name,
                () -> {
                    TestModule module = new TestModule();
                    Code call = code().i32(entry).callIndirect(module.type(0, 0));
                    return Loops.onto(module, call).table(ENTRIES).elements(1, 1).bytes();
                },
                message);
    }

    private static List<Attack> atInstantiation() {
        return List.of(
                traps(
                        "a start function that traps",
                        () -> Guests.atStart(code().unreachable()).bytes(),
                        "Trapped on unreachable instruction"),
                traps(
                        "an _initialize that traps",
                        () -> Guests.atInitialisation(code().unreachable()).bytes(),
                        "Trapped on unreachable instruction"),
                traps(
                        "an allocate that traps",
                        () -> Guests.allocating(code().unreachable()).bytes(),
                        "Trapped on unreachable instruction"),
                traps(
                        "data past the memory",
                        () -> Guests.doing(code()).data(65535, "x").bytes(),
                        OUTSIDE),
                traps("data at -1", () -> Guests.doing(code()).data(-1, "x").bytes(), OUTSIDE),
                traps(
                        "elements past the table",
                        () -> Guests.doing(code()).table(1).elements(1, 1).bytes(),
                        "out of bounds table access"),
                traps(
                        "elements at -1",
                        () -> Guests.doing(code()).table(1).elements(-1, 1).bytes(),
                        "out of bounds table access"));
    }

    private static Attack trap(String name, Code code, String message) {
        return traps(name, () -> Guests.doing(code().row(1, code)).bytes(), message);
    }
}
