package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Somewhere in an instance where {@link Hoarder}s put what they were given and look for what was
 * given to others. Local 0 is the input, 1 and 2 are free. What is found is returned.
 *
 * @param name what it is called
 * @param settable whether an instance that has it may be set back
 * @param look looks whether anything was left there
 * @param hide leaves something of the input there
 */
public record HidingPlace(String name, boolean settable, Code look, Code hide) {

    /** Where the answer is made of what was found. */
    static final int ANSWER = 64;

    private static final int BLOCK = 4096;
    private static final int PAGE = 65536;

    /** What every call's input begins at: one byte was allocated before. */
    private static final int INPUT = 4097;

    private static final int PASSIVE = 33_000;
    private static final int PASSIVE_AGAIN = 33_100;

    /** All of them. */
    public static List<HidingPlace> all() {
        return Stream.of(memory(), blocks(), straddling(), globals(), beyondMemory())
                .flatMap(List::stream)
                .toList();
    }

    private static HidingPlace place(String name, Code look, Code hide) {
        return new HidingPlace(name, true, look, hide);
    }

    private static HidingPlace unsettable(String name, Code look, Code hide) {
        return new HidingPlace(name, false, look, hide);
    }

    private static List<HidingPlace> memory() {
        return List.of(
                copied("low memory", 0),
                copied("high memory", PAGE - 32),
                copied("memory.copy over the end of a block", 12 * BLOCK - 8),
                place(
                        "memory.fill over the end of a block",
                        found(load32(7 * BLOCK - 2)),
                        code().i32(7 * BLOCK - 2).get(0).load8().i32(6).memoryFill()),
                place("allocator", found(code().get(0).i32(INPUT).sub()), code()),
                place(
                        "passive data",
                        found(load32(PASSIVE)),
                        code().i32(PASSIVE).i32(0).i32(8).memoryInit(1)),
                place("grown memory", lookInGrown(), hideInGrown()));
    }

    /** The middle of each block behind the input. */
    private static List<HidingPlace> blocks() {
        return IntStream.range(7, 16)
                .mapToObj(block -> copied("block " + block, block * BLOCK + BLOCK / 2))
                .toList();
    }

    private static HidingPlace copied(String name, int address) {
        return place(name, found(load32(address)), code().i32(address).get(0).i32(16).memoryCopy());
    }

    /** Stores of every width over the end of a block, one byte further in each. */
    private static List<HidingPlace> straddling() {
        List<HidingPlace> places = new ArrayList<>();
        places.add(stored("i32.store16", 15 * BLOCK - 1, mark32(), 0x3b, load16(15 * BLOCK - 1)));
        places.add(stored("i64.store32", 8 * BLOCK - 3, mark64(), 0x3e, load32(8 * BLOCK - 3)));
        places.add(stored("f32.store", 13 * BLOCK - 1, markF32(), 0x38, load32(13 * BLOCK - 1)));
        places.add(stored("f64.store", 14 * BLOCK - 4, markF64(), 0x39, load32(14 * BLOCK - 4)));
        IntStream.range(1, 4)
                .map(before -> 9 * BLOCK - before)
                .mapToObj(at -> stored("i32.store", at, mark32(), 0x36, load32(at)))
                .forEach(places::add);
        for (int before = 1; before < 8; before++) {
            int at = (before % 2 == 0 ? 10 : 11) * BLOCK - before;
            Code either = load32(at).then(load32(at + 4)).op(0x72); // i32.or
            places.add(stored("i64.store", at, mark64(), 0x37, either));
        }
        return places;
    }

    private static HidingPlace stored(String name, int at, Code value, int opcode, Code load) {
        Code store = code().i32(at).then(value).op(opcode, 0, 0);
        return place(name + " at " + at, found(load), store);
    }

    private static List<HidingPlace> globals() {
        return List.of(
                place("i32 global", found(code().globalGet(1)), mark32().globalSet(1)),
                place("i64 global", found(code().globalGet(2).op(0xa7)), mark64().globalSet(2)),
                place("f32 global", found(code().globalGet(3).op(0xbc)), markF32().globalSet(3)),
                place(
                        "f64 global",
                        found(code().globalGet(4).op(0xbd, 0xa7)),
                        markF64().globalSet(4)));
    }

    private static List<HidingPlace> beyondMemory() {
        Code thrown = code().op(0x02, 0x7f).op(0x1f, 0x40, 1, 0, 0, 0);
        thrown.then(mark32()).op(0x08, 0).end().unreachable().end().drop();
        Code notNull = code().i32(0).op(0x25, 0).op(0xd1).eqz();
        Code set = code().i32(0).i32(1).op(0x25, 0).op(0x26, 0);
        Code init = code().i32(1).i32(0).i32(1);
        return List.of(
                unsettable("table.init", found(notNull), code().i32(0).i32(0).i32(1).tableInit(0)),
                unsettable("table.set", found(notNull), code().then(init).tableInit(0).then(set)),
                unsettable(
                        "table.copy",
                        found(notNull),
                        code().then(init).tableInit(0).i32(0).i32(1).i32(1).tableCopy()),
                unsettable(
                        "table.fill",
                        found(notNull),
                        code().then(init)
                                .tableInit(0)
                                .i32(0)
                                .i32(1)
                                .op(0x25, 0)
                                .i32(1)
                                .tableFill()),
                unsettable(
                        "table.grow",
                        found(code().op(0xfc, 0x10, 0).i32(2).sub()),
                        code().refNull().get(0).load8().tableGrow().drop()),
                unsettable(
                        "data.drop",
                        code().i32(PASSIVE_AGAIN).i32(0).i32(8).memoryInit(2),
                        code().op(0xfc, 0x09, 2)),
                unsettable("elem.drop", code().then(init).tableInit(1), code().op(0xfc, 0x0d, 1)),
                unsettable("exception", code(), thrown));
    }

    /** Returns an answer of what is on the stack, unless that is 0. */
    private static Code found(Code value) {
        return code().then(value).tee(1).if_().then(answer(code().get(1))).end();
    }

    private static Code answer(Code value) {
        return code().i32(ANSWER).then(value).op(0x36, 0, 0).i32(ANSWER).return_();
    }

    /** Grows as the input says, and looks through all of it, eight bytes at a time. */
    private static Code lookInGrown() {
        Code look = found(code().memorySize().i32(1).sub()).then(found(load32(PAGE - 4)));
        look.get(0).op(0x2d, 0, Hoarder.PAGES_AT).i32('0').sub().memoryGrow().drop();
        look.i32(PAGE).set(1).block().loop().then(atEnd()).brIf(1);
        look.get(1).op(0x29, 0, 0).op(0x50).eqz().if_().then(answer(code().get(1).op(0x28, 0, 0)));
        return look.end().get(1).i32(8).add().set(1).br(0).end().end();
    }

    /** At both ends of each page, and over them. */
    private static Code hideInGrown() {
        Code hide = code().i32(PAGE).set(1).block().loop().then(atEnd()).brIf(1);
        hide.get(1).then(mark64()).op(0x37, 0, 0);
        hide.get(1).then(mark64()).op(0x37, 0, 0xf8, 0xff, 0x03);
        hide.get(1).i32(4).sub().then(mark64()).op(0x37, 0, 0);
        return hide.get(1).i32(PAGE).add().set(1).br(0).end().end();
    }

    private static Code atEnd() {
        return code().get(1).memorySize().i32(16).op(0x74, 0x4f); // i32.shl, i32.ge_u
    }

    private static Code load16(int address) {
        return code().i32(address).op(0x2f, 0, 0);
    }

    private static Code load32(int address) {
        return code().i32(address).op(0x28, 0, 0);
    }

    private static Code mark32() {
        return code().get(0).op(0x28, 0, 0);
    }

    private static Code mark64() {
        return code().get(0).op(0x29, 0, 0);
    }

    private static Code markF32() {
        return code().get(0).op(0x2a, 0, 0);
    }

    private static Code markF64() {
        return code().get(0).op(0x2b, 0, 0);
    }

    @Override
    public String toString() {
        return name;
    }
}
