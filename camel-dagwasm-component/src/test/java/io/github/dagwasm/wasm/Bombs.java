package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static io.github.dagwasm.wasm.TestModule.section;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Modules that cost an engine memory or time out of proportion to their size. */
public final class Bombs {

    private static final byte[] HEADER = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
    private static final byte[] NO_VALUES = bytes(0x60, 0, 0);
    private static final byte[] NO_LOCALS = bytes(0);
    private static final byte[] END = bytes(0x0b);

    private Bombs() {}

    /**
     * Every bomb, by name. Each is made when it is asked for: together they are large.
     *
     * @return what makes the modules
     */
    public static Map<String, Supplier<byte[]>> all() {
        Map<String, Supplier<byte[]>> bombs = new LinkedHashMap<>();
        bombs.put("a billion locals", () -> TestModules.localsBomb(20_000, 50_000));
        bombs.put("millions of instructions in one function", () -> code(repeated(7 << 20, 0x01)));
        bombs.put("a million nested blocks", () -> nested(1_000_000));
        bombs.put("a million targets", () -> targets(1_000_000));
        bombs.put("equal types times functions", () -> equalTypes(2000, 2000));
        bombs.put("a passive segment", () -> passiveElements(2_000_000));
        bombs.put("a million types", () -> types(1_000_000));
        bombs.put("two million parameters", () -> parameters(2_000_000));
        bombs.put("a large memory", () -> new TestModule().memory(65_536).bytes());
        bombs.put("four large tables", () -> tables(4, 10_000_000));
        bombs.put("four memories", () -> memories(4));
        bombs.put("arrays", () -> arrays());
        bombs.put("different types times functions", () -> differentTypes(9000, 20_000));
        bombs.put("operands across blocks", () -> operandsAcrossBlocks(60_000));
        bombs.put("operands across branches", () -> operandsAcrossBranches(60_000));
        bombs.put("loops in a row", () -> loopsInARow(100_000));
        bombs.put("branches out of deep blocks", () -> deepBranches(7000, 200_000));
        bombs.put("locals at every branch", () -> localsAtBranches(10_000, 6000));
        bombs.put("results of calls", () -> manyResults(90, 60_000));
        bombs.put("a long constant", () -> longConstant(1_000_000));
        bombs.put("many exports", () -> exports(200_000));
        bombs.put("a million custom sections", () -> customSections(1_000_000));
        return bombs;
    }

    /**
     * One function of the type {@code () -> ()}.
     *
     * @param instructions its instructions without the last {@code end}
     * @return the module
     */
    public static byte[] code(byte[] instructions) {
        byte[] body = join(NO_LOCALS, instructions, END);
        return join(
                HEADER,
                section(1, join(leb(1), NO_VALUES)),
                section(3, bytes(1, 0)),
                section(10, join(leb(1), leb(body.length), body)));
    }

    /**
     * Bytes over and over.
     *
     * @param times how often
     * @param bytes the bytes
     * @return all of them
     */
    public static byte[] repeated(int times, int... bytes) {
        byte[] one = bytes(bytes);
        byte[] all = new byte[times * one.length];
        for (int i = 0; i < all.length; i += one.length) {
            System.arraycopy(one, 0, all, i, one.length);
        }
        return all;
    }

    /**
     * Blocks in each other.
     *
     * @param depth how many
     * @return the module
     */
    public static byte[] nested(int depth) {
        return code(join(repeated(depth, 0x02, 0x40), repeated(depth, 0x0b)));
    }

    /**
     * A {@code br_table}.
     *
     * @param targets how many targets it has
     * @return the module
     */
    public static byte[] targets(int targets) {
        return code(join(bytes(0x41, 0, 0x0e), leb(targets), new byte[targets + 1]));
    }

    /**
     * Types that are all equal, and functions of the first.
     *
     * @param types how many types
     * @param functions how many functions
     * @return the module
     */
    public static byte[] equalTypes(int types, int functions) {
        return functions(join(leb(types), repeated(types, 0x60, 0, 0)), functions);
    }

    /**
     * Types that all differ, and functions of the first.
     *
     * @param types how many types, at most 16,384
     * @param functions how many functions
     * @return the module
     */
    public static byte[] differentTypes(int types, int functions) {
        byte[][] all = new byte[types][];
        for (int i = 0; i < types; i++) {
            byte[] type = new byte[17];
            type[0] = 0x60;
            type[1] = 14;
            for (int bit = 0; bit < 14; bit++) {
                type[2 + bit] = (byte) (0x7f - (i >> bit & 1));
            }
            all[i] = type;
        }
        return functions(join(leb(types), join(all)), functions);
    }

    private static byte[] functions(byte[] typeSection, int functions) {
        return join(
                HEADER,
                section(1, typeSection),
                section(3, join(leb(functions), new byte[functions])),
                section(10, join(leb(functions), repeated(functions, 2, 0, 0x0b))));
    }

    /**
     * A segment that fills no table.
     *
     * @param entries its entries
     * @return the module
     */
    public static byte[] passiveElements(int entries) {
        return join(
                HEADER,
                section(1, join(leb(1), NO_VALUES)),
                section(3, bytes(1, 0)),
                section(9, join(bytes(1, 1, 0), leb(entries), new byte[entries])),
                section(10, bytes(1, 2, 0, 0x0b)));
    }

    /**
     * Nothing but types.
     *
     * @param count how many
     * @return the module
     */
    public static byte[] types(int count) {
        return join(HEADER, section(1, join(leb(count), repeated(count, 0x60, 0, 0))));
    }

    /**
     * One type.
     *
     * @param count how many parameters it has
     * @return the module
     */
    public static byte[] parameters(int count) {
        return join(
                HEADER,
                section(1, join(bytes(1, 0x60), leb(count), repeated(count, 0x7f), bytes(0))));
    }

    private static byte[] tables(int count, int entries) {
        TestModule module = new TestModule();
        for (int i = 0; i < count; i++) {
            module.table(entries);
        }
        return module.bytes();
    }

    private static byte[] memories(int count) {
        TestModule module = new TestModule();
        for (int i = 0; i < count; i++) {
            module.memory(1);
        }
        return module.bytes();
    }

    /** An array of 30 million numbers. */
    private static byte[] arrays() {
        byte[] body =
                join(NO_LOCALS, Code.code().i32(30_000_000).op(0xfb, 7, 1, 0x1a, 0x0b).bytes());
        return join(
                HEADER,
                section(1, bytes(2, 0x60, 0, 0, 0x5e, 0x7f, 1)),
                section(3, bytes(1, 0)),
                section(10, join(leb(1), leb(body.length), body)));
    }

    /** Each block copies what lies on the stack. */
    private static byte[] operandsAcrossBlocks(int count) {
        return code(
                join(
                        repeated(count, 0x41, 0),
                        repeated(count, 0x02, 0x40, 0x0b),
                        repeated(count, 0x1a)));
    }

    /** Each branch takes what lies on the stack away. */
    private static byte[] operandsAcrossBranches(int count) {
        return code(
                join(
                        bytes(0x02, 0x40),
                        repeated(count, 0x41, 0),
                        repeated(count, 0x41, 0, 0x0d, 0),
                        repeated(count, 0x1a),
                        END));
    }

    /** The parser looks for a loop among all that stand beside it. */
    private static byte[] loopsInARow(int count) {
        return code(repeated(count, 0x03, 0x40, 0x0b));
    }

    /** The parser goes from a branch to its block one by one. */
    private static byte[] deepBranches(int depth, int branches) {
        byte[] branch = join(bytes(0x41, 0, 0x0d), leb(depth - 1));
        byte[][] all = new byte[branches / 2][];
        Arrays.fill(all, branch);
        return code(join(repeated(depth, 0x02, 0x40), join(all), repeated(depth, 0x0b)));
    }

    /** A compiler keeps what it knows of all locals at each branch. */
    private static byte[] localsAtBranches(int locals, int branches) {
        byte[] body =
                join(bytes(1), leb(locals), bytes(0x7f), repeated(branches, 0x20, 0, 0x0d, 0), END);
        return join(
                HEADER,
                section(1, join(leb(1), NO_VALUES)),
                section(3, bytes(1, 0)),
                section(10, join(leb(1), leb(body.length), body)));
    }

    /** Each call leaves many operands on the stack. */
    private static byte[] manyResults(int results, int calls) {
        byte[] type = join(bytes(0x60, 0), leb(results), repeated(results, 0x7f));
        byte[] callee = join(NO_LOCALS, bytes(0x00, 0x0b));
        byte[] caller = join(NO_LOCALS, repeated(calls, 0x10, 0), bytes(0x00, 0x0b));
        return join(
                HEADER,
                section(1, join(leb(2), type, NO_VALUES)),
                section(3, bytes(2, 0, 1)),
                section(10, join(leb(2), leb(callee.length), callee, leb(caller.length), caller)));
    }

    private static byte[] longConstant(int additions) {
        return join(
                HEADER,
                section(
                        6,
                        join(bytes(1, 0x7f, 0, 0x41, 0), repeated(additions, 0x41, 0, 0x6a), END)));
    }

    private static byte[] exports(int count) {
        byte[][] all = new byte[count][];
        for (int i = 0; i < count; i++) {
            byte[] digits = Integer.toHexString(count + i).getBytes(StandardCharsets.US_ASCII);
            all[i] = join(leb(digits.length), digits, bytes(0, 0));
        }
        return join(
                HEADER,
                section(1, join(leb(1), NO_VALUES)),
                section(3, bytes(1, 0)),
                section(7, join(leb(count), join(all))),
                section(10, bytes(1, 2, 0, 0x0b)));
    }

    private static byte[] customSections(int count) {
        return join(HEADER, repeated(count, 0, 1, 0));
    }
}
