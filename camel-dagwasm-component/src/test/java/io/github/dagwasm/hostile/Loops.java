package io.github.dagwasm.hostile;

import static io.github.dagwasm.hostile.Attack.exceeds;
import static io.github.dagwasm.hostile.Attack.stopped;
import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModules.FIRST_OWN;
import static io.github.dagwasm.wasm.TestModules.HOST_LOG;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.util.ArrayList;
import java.util.List;

/** Guests that never return, or not in our lifetime. */
final class Loops {

    private static final int PAGES = 1000;
    private static final int BULK_BYTES = 62 << 20;
    private static final int ENTRIES = 100_000;
    private static final int SEGMENT_ENTRIES = 10_000;
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int IN_A_ROW = 2000;
    private static final int ROWS = 100;

    private static final String DEPTH =
            "the limit of 100 open calls is exceeded: 101 asked for (option limits.call_depth)";

    private Loops() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>(plain());
        all.addAll(calls());
        all.addAll(memory());
        all.addAll(tables());
        all.addAll(interpreted());
        return all;
    }

    private static List<Attack> plain() {
        return List.of(
                stopped("br in process", () -> Guests.doing(br()).bytes()),
                stopped("br in allocate", () -> Guests.atAllocation(br()).bytes()),
                stopped("br in the start function", () -> Guests.atStart(br()).bytes()),
                stopped("br in _initialize", () -> Guests.atInitialisation(br()).bytes()),
                stopped("br_if", () -> Guests.doing(brIf()).bytes()),
                stopped("br_table", () -> Guests.doing(brTable()).bytes()),
                stopped("br_on_null", () -> Guests.doing(brOnNull()).bytes()),
                stopped("br_on_non_null", Loops::brOnNonNull),
                stopped("throw and catch", () -> Guests.doing(catchAll()).tag().bytes()),
                stopped("host_log of a page", () -> logging(65536)),
                stopped("host_log of nothing", () -> logging(0)));
    }

    private static List<Attack> calls() {
        return List.of(
                stopped("2^60 calls", TestModules::endlessCalls),
                stopped("2^60 calls through a table", Loops::indirectCalls),
                // The engine keeps the caller's frame: so these do not go on for ever.
                exceeds("return_call of itself", Loops::returnCall, DEPTH)
                        .limits("call_depth: 100"),
                exceeds("return_call_indirect of itself", Loops::returnCallIndirect, DEPTH)
                        .limits("call_depth: 100"));
    }

    private static List<Attack> memory() {
        return List.of(
                stopped("memory.fill in a loop", () -> doing(grown(), forEver(fill())).bytes()),
                stopped("memory.copy in a loop", () -> doing(grown(), forEver(copy())).bytes()),
                stopped(
                        "memory.init in a loop",
                        () -> initialising(doing(grown(), forEver(init())))),
                stopped("memory.grow in a loop", () -> doing(grown(), forEver(grow())).bytes()),
                stopped("memory.fill in a row", () -> rows(grown(), fill()).bytes()),
                stopped("memory.copy in a row", () -> rows(grown(), copy()).bytes()),
                stopped("memory.init in a row", () -> initialising(rows(grown(), init()))),
                stopped(
                        "memory.fill in the start function",
                        () -> Guests.atStart(grown().row(1, row(fill()))).bytes()),
                stopped(
                        "memory.fill in _initialize",
                        () -> Guests.atInitialisation(grown().row(1, row(fill()))).bytes()),
                stopped(
                        "memory.fill in allocate",
                        () -> Guests.atAllocation(grown().row(1, row(fill()))).bytes()));
    }

    private static List<Attack> tables() {
        return List.of(
                stopped("table.fill in a loop", () -> tabling(looping(tableFill()))),
                stopped("table.copy in a loop", () -> tabling(looping(tableCopy()))),
                stopped("table.init in a loop", () -> tabling(looping(tableInit()))),
                stopped("table.grow in a loop", () -> growing(looping(tableGrow()))),
                stopped("table.fill in a row", () -> tabling(rows(code(), tableFill()))),
                stopped("table.copy in a row", () -> tabling(rows(code(), tableCopy()))),
                stopped("table.init in a row", () -> tabling(rows(code(), tableInit()))),
                stopped("table.grow in a row", () -> growing(rows(code(), tableGrow()))));
    }

    private static List<Attack> interpreted() {
        return List.of(
                stopped("interpreted: br", () -> Guests.interpreted(br()).bytes()),
                stopped("interpreted: br_if", () -> Guests.interpreted(brIf()).bytes()),
                stopped("interpreted: br_table", () -> Guests.interpreted(brTable()).bytes()),
                stopped("interpreted: br_on_null", () -> Guests.interpreted(brOnNull()).bytes()),
                stopped(
                        "interpreted: throw and catch",
                        () -> Guests.interpreted(catchAll()).tag().bytes()),
                stopped(
                        "interpreted: memory.fill in a row",
                        () -> Guests.interpreted(grown().row(1, row(fill()))).bytes()),
                stopped(
                        "interpreted: table.copy in a row",
                        () -> Guests.interpreted(row(tableCopy())).table(ENTRIES).bytes()),
                stopped(
                        "interpreted: 2^60 calls",
                        () ->
                                Guests.interpreted(code().i32(60).call(FIRST_OWN))
                                        .function(1, 0, 0, twice(code().call(FIRST_OWN)))
                                        .bytes()));
    }

    static Code br() {
        return code().loop().br(0).end();
    }

    private static Code brIf() {
        return code().loop().i32(1).brIf(0).end();
    }

    private static Code brTable() {
        return code().loop().i32(0).brTable(0).end();
    }

    /** Repeats by an instruction of the typed function references. */
    private static Code brOnNull() {
        return code().loop().refNull().op(0xd5, 0).drop().end();
    }

    /** Its loop takes the reference that the branch hands on: type 0 is that of the loop. */
    private static byte[] brOnNonNull() {
        TestModule module = new TestModule();
        int takesReference = module.rawType(TestModule.bytes(0x60, 1, 0x70, 0));
        Code endless =
                code().op(0xd2, 1).op(0x03, takesReference).drop().op(0xd2, 1).op(0xd6, 0).end();
        // A reference to a function must be declared: as an export or an element.
        return onto(module, endless).bytes();
    }

    /** Repeats by an exception, with neither a branch nor a call. */
    private static Code catchAll() {
        return code().loop().op(0x1f, 0x40, 1, 0x02, 0).op(0x08, 0).end().end();
    }

    private static byte[] logging(int length) {
        return Guests.doing(forEver(code().i32(0).i32(length).call(HOST_LOG))).bytes();
    }

    /** Calls twice with one less, until there is none. */
    private static Code twice(Code call) {
        Code less = code().get(0).i32(1).sub().row(1, call);
        return code().get(0).eqz().if_().return_().end().row(2, less);
    }

    private static byte[] indirectCalls() {
        TestModule module = new TestModule();
        int type = module.type(1, 0);
        Code call = code().i32(0).callIndirect(type);
        return onto(module, code().i32(60).i32(0).callIndirect(type))
                .function(1, 0, 0, twice(call))
                .table(1)
                .elements(0, 3)
                .bytes();
    }

    private static byte[] returnCall() {
        return Guests.doing(code().call(FIRST_OWN))
                .function(0, 0, 0, code().returnCall(FIRST_OWN))
                .bytes();
    }

    private static byte[] returnCallIndirect() {
        TestModule module = new TestModule();
        int type = module.type(0, 0);
        return onto(module, code().call(3))
                .function(0, 0, 0, code().i32(0).returnCallIndirect(type))
                .table(1)
                .elements(0, 3)
                .bytes();
    }

    /** Functions 0 to 2 are allocate, deallocate and process. */
    static TestModule onto(TestModule module, Code instructions) {
        return module.memory(1)
                .exportMemory("memory")
                .exported("allocate", 1, 1, 0, code().i32(1024))
                .exported("deallocate", 2, 0, 0, code())
                .exported("process", 1, 1, 2, instructions.get(0));
    }

    private static TestModule doing(Code first, Code then) {
        return Guests.doing(first.row(1, then));
    }

    private static Code forEver(Code instructions) {
        return code().loop().row(1, instructions).br(0).end();
    }

    /** So many of them that they take long, without a back edge. */
    private static Code row(Code instructions) {
        return code().row(IN_A_ROW, instructions);
    }

    /** The same a hundred times, with a call between: no machine is fast enough to get through. */
    private static TestModule rows(Code first, Code instructions) {
        return doing(first, code().row(ROWS, code().call(FIRST_OWN)))
                .function(0, 0, 0, row(instructions));
    }

    private static Code grown() {
        return code().i32(PAGES).memoryGrow().drop();
    }

    private static Code fill() {
        return code().i32(65536).i32(1).i32(BULK_BYTES).memoryFill();
    }

    private static Code copy() {
        return code().i32(65536).i32(131072).i32(BULK_BYTES).memoryCopy();
    }

    private static Code init() {
        return code().i32(65536).i32(0).i32(SEGMENT_BYTES).memoryInit(1);
    }

    /** By nothing, which copies all there is. */
    private static Code grow() {
        return code().i32(0).memoryGrow().drop();
    }

    private static byte[] initialising(TestModule guest) {
        return guest.passiveData(new byte[SEGMENT_BYTES]).bytes();
    }

    private static Code tableFill() {
        return code().i32(0).refNull().i32(ENTRIES).tableFill();
    }

    private static Code tableCopy() {
        return code().i32(1).i32(0).i32(ENTRIES - 1).tableCopy();
    }

    private static Code tableInit() {
        return code().i32(0).i32(0).i32(SEGMENT_ENTRIES).tableInit(0);
    }

    private static Code tableGrow() {
        return code().refNull().i32(1).tableGrow().drop();
    }

    private static TestModule looping(Code instructions) {
        return Guests.doing(forEver(instructions));
    }

    /** Each growth copies what is there. */
    private static byte[] growing(TestModule guest) {
        return guest.table(ENTRIES / 2).bytes();
    }

    private static byte[] tabling(TestModule guest) {
        return guest.table(ENTRIES).passiveElements(new int[SEGMENT_ENTRIES]).bytes();
    }
}
