package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static io.github.dagwasm.wasm.TestModule.section;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Recipes for guests, good and hostile, of the calling convention {@code cstring}. */
public final class TestModules {

    /** Where {@link #guest} puts its text. */
    public static final int TEXT = 16;

    /** The index of {@code env.host_log}. */
    public static final int HOST_LOG = 0;

    /** The index of the first function that a recipe adds to {@link #guest}. */
    public static final int FIRST_OWN = 4;

    static final int HEAP = 4096;

    private TestModules() {}

    /**
     * A guest with its allocator, which grows the memory as needed, and a text at {@link #TEXT}.
     * Functions: 0 {@code env.host_log}, 1 {@code allocate}, 2 {@code deallocate}, 3 {@code
     * process}.
     *
     * @param text the text
     * @param process what {@code process} does; local 0 is the input's pointer, 1 and 2 are free
     * @return the module, to be added to
     */
    public static TestModule guest(String text, Code process) {
        return unexported(text, process).exportMemory("memory");
    }

    /**
     * A guest that does not export its memory.
     *
     * @param text the text
     * @param process what {@code process} does
     * @return the module, to be added to
     */
    public static TestModule unexported(String text, Code process) {
        return new TestModule()
                .importFunction("env", "host_log", 2, 0)
                .memory(1)
                .global(HEAP)
                .data(TEXT, text)
                .exported("allocate", 1, 1, 1, allocate())
                .exported("deallocate", 2, 0, 0, code())
                .exported("process", 1, 1, 2, process);
    }

    /** Bumps a pointer; 0 where the memory does not grow. A KiB is left behind every block. */
    static Code allocate() {
        return code().globalGet(0)
                .get(0)
                .add()
                .i32(1024 + 65535)
                .add()
                .i32(16)
                .op(0x76) // i32.shr_u
                .memorySize()
                .sub()
                .tee(1)
                .i32(0)
                .op(0x4a) // i32.gt_s
                .if_()
                .get(1)
                .memoryGrow()
                .i32(-1)
                .op(0x46) // i32.eq
                .if_()
                .i32(0)
                .return_()
                .end()
                .end()
                .globalGet(0)
                .globalGet(0)
                .get(0)
                .add()
                .globalSet(0);
    }

    /**
     * Appends a text to its input.
     *
     * @param suffix the text, of less than a KiB
     * @return the module
     */
    public static byte[] append(String suffix) {
        return appending(suffix).bytes();
    }

    /**
     * The same, to be added to.
     *
     * @param suffix the text, of less than a KiB
     * @return the module
     */
    public static TestModule appending(String suffix) {
        return appending(code(), suffix);
    }

    /**
     * The same, after some other instructions.
     *
     * @param first the instructions
     * @param suffix the text, of less than a KiB
     * @return the module, to be added to
     */
    public static TestModule appending(Code first, String suffix) {
        int length = suffix.getBytes(StandardCharsets.UTF_8).length;
        Code append = toEnd(1).get(1).i32(TEXT).i32(length + 1).memoryCopy().get(0);
        return guest(suffix, first.row(1, append));
    }

    /** Sets a local to the address of the NUL that ends the input. */
    private static Code toEnd(int local) {
        return code().get(0)
                .set(local)
                .block()
                .loop()
                .get(local)
                .load8()
                .eqz()
                .brIf(1)
                .get(local)
                .i32(1)
                .add()
                .set(local)
                .br(0)
                .end()
                .end();
    }

    /**
     * Clears 64 KiB a hundred and one times over, which is 1,616 units of fuel at least, and
     * returns what was its input.
     *
     * @return the module
     */
    public static byte[] clearing() {
        Code clear = code().i32(0).i32(0).i32(1 << 16).memoryFill();
        return guest("", code().row(101, clear).get(0)).bytes();
    }

    /**
     * Returns its input.
     *
     * @return the module
     */
    public static byte[] echo() {
        return guest("", code().get(0)).bytes();
    }

    /**
     * Traps.
     *
     * @return the module
     */
    public static byte[] trap() {
        return guest("", code().unreachable()).bytes();
    }

    /**
     * Never returns.
     *
     * @return the module
     */
    public static byte[] endlessLoop() {
        return guest("", code().loop().br(0).end().get(0)).bytes();
    }

    /**
     * Never ends its start function.
     *
     * @return the module
     */
    public static byte[] endlessStart() {
        return guest("", code().get(0))
                .function(0, 0, 0, code().loop().br(0).end())
                .start(FIRST_OWN)
                .bytes();
    }

    /**
     * Calls itself twice at each of sixty levels, without a loop.
     *
     * @return the module
     */
    public static byte[] endlessCalls() {
        Code twice =
                code().get(0)
                        .eqz()
                        .if_()
                        .return_()
                        .end()
                        .get(0)
                        .i32(1)
                        .sub()
                        .call(FIRST_OWN)
                        .get(0)
                        .i32(1)
                        .sub()
                        .call(FIRST_OWN);
        return guest("", code().i32(60).call(FIRST_OWN).get(0)).function(1, 0, 0, twice).bytes();
    }

    /**
     * Fills 16 MiB for ever.
     *
     * @return the module
     */
    public static byte[] endlessFill() {
        Code fill = code().i32(256).memoryGrow().drop().loop();
        fill.i32(65536).i32(1).i32(16 << 20).memoryFill().br(0).end().get(0);
        return guest("", fill).bytes();
    }

    /**
     * Fills and copies 32 MiB a thousand times, without a loop or a call.
     *
     * @return the module
     */
    public static byte[] bulkInARow() {
        Code bulk = code().i32(1000).memoryGrow().drop();
        for (int i = 0; i < 1000; i++) {
            bulk.i32(65536).i32(i).i32(32 << 20).memoryFill();
            bulk.i32(65536).i32(131072).i32(32 << 20).memoryCopy();
        }
        return guest("", bulk.get(0)).bytes();
    }

    /**
     * Grows its memory page by page, and traps when it does not grow any more.
     *
     * @return the module
     */
    public static byte[] endlessGrowth() {
        Code grow = code().block().loop().i32(1).memoryGrow().i32(-1).op(0x46).brIf(1).br(0);
        return guest("", grow.end().end().unreachable()).bytes();
    }

    /**
     * Returns a pointer of its own choice.
     *
     * @param pointer the pointer
     * @return the module
     */
    public static byte[] returning(int pointer) {
        return guest("", code().i32(pointer)).bytes();
    }

    /**
     * Allocates wherever it is told to.
     *
     * @param pointer what {@code allocate} returns
     * @return the module
     */
    public static byte[] allocating(int pointer) {
        return new TestModule()
                .memory(1)
                .exportMemory("memory")
                .exported("allocate", 1, 1, 0, code().i32(pointer))
                .exported("deallocate", 2, 0, 0, code())
                .exported("process", 1, 1, 0, code().get(0))
                .bytes();
    }

    /**
     * Returns so many letters.
     *
     * @param count how many; the NUL after them is there where it fits into 64 KiB
     * @return the module
     */
    public static byte[] letters(int count) {
        return guest("", code().i32(TEXT).i32('a').i32(count).memoryFill().i32(TEXT)).bytes();
    }

    /**
     * Returns bytes that are not UTF-8.
     *
     * @return the module
     */
    public static byte[] malformedOutput() {
        return guest("abc", code().i32(TEXT + 3).i32(0xff).store8().i32(TEXT)).bytes();
    }

    /**
     * Logs a text and returns its input.
     *
     * @param text the text
     * @param bytes how many bytes of it
     * @return the module
     */
    public static byte[] log(String text, int bytes) {
        return guest(text, code().i32(TEXT).i32(bytes).call(HOST_LOG).get(0)).bytes();
    }

    /**
     * Logs with a pointer and length of its own choice.
     *
     * @param pointer the pointer
     * @param length the length
     * @return the module
     */
    public static byte[] logAt(int pointer, int length) {
        return guest("", code().i32(pointer).i32(length).call(HOST_LOG).get(0)).bytes();
    }

    /**
     * Logs a text many times and returns its input.
     *
     * @param times how many times
     * @param text the text
     * @return the module
     */
    public static byte[] logFlood(int times, String text) {
        Code flood =
                code().i32(times)
                        .set(1)
                        .loop()
                        .i32(TEXT)
                        .i32(text.length())
                        .call(HOST_LOG)
                        .get(1)
                        .i32(1)
                        .sub()
                        .tee(1)
                        .brIf(0)
                        .end()
                        .get(0);
        return guest(text, flood).bytes();
    }

    /**
     * Recurses until the stack ends, and logs at every level.
     *
     * @return the module
     */
    public static byte[] deepLog() {
        Code deeper = code().i32(TEXT).i32(1).call(HOST_LOG).call(FIRST_OWN);
        return guest("x", code().call(FIRST_OWN).get(0)).function(0, 0, 0, deeper).bytes();
    }

    /**
     * Recurses until the stack ends.
     *
     * @return the module
     */
    public static byte[] endlessRecursion() {
        return guest("", code().call(FIRST_OWN).get(0))
                .function(0, 0, 0, code().call(FIRST_OWN))
                .bytes();
    }

    /**
     * Never returns, in a function that is too large for a JVM method.
     *
     * @return the module
     */
    public static byte[] endlessLoopInHugeFunction() {
        return hugeLoop(code().br(0));
    }

    /**
     * The same, repeating itself by {@code br_if}.
     *
     * @return the module
     */
    public static byte[] endlessBrIfInHugeFunction() {
        return hugeLoop(code().i32(1).brIf(0));
    }

    /**
     * The same, repeating itself by {@code br_table}.
     *
     * @return the module
     */
    public static byte[] endlessBrTableInHugeFunction() {
        return hugeLoop(code().i32(0).op(0x0e, 0, 0));
    }

    private static byte[] hugeLoop(Code repeat) {
        Code huge = code();
        for (int i = 0; i < 20_000; i++) {
            huge.get(1).i32(i).add().set(1);
        }
        huge.loop();
        for (byte b : repeat.bytes()) {
            huge.op(b);
        }
        return guest("", huge.end().get(0)).bytes();
    }

    /**
     * Grows its only table by as many entries, and returns its input if it could and traps if not.
     *
     * @param entries how many
     * @return the module
     */
    public static byte[] tableGrowth(int entries) {
        Code grow = code().op(0xd0, 0x70).i32(entries).tableGrow().i32(-1).op(0x46).if_();
        return guest("", grow.unreachable().end().get(0)).table(1).bytes();
    }

    /**
     * Many functions with many locals each.
     *
     * @param functions how many functions
     * @param locals how many locals each
     * @return the module
     */
    public static byte[] localsBomb(int functions, int locals) {
        byte[] group = join(leb(1), leb(locals), bytes(0x7f, 0x0b));
        byte[] body = join(leb(group.length), group);
        byte[][] bodies = new byte[functions][];
        Arrays.fill(bodies, body);
        return join(
                TestModule.HEADER,
                section(1, bytes(1, 0x60, 0, 0)),
                section(3, join(leb(functions), new byte[functions])),
                section(10, join(leb(functions), join(bodies))));
    }

    /**
     * The header of a component.
     *
     * @return eight bytes
     */
    public static byte[] componentHeader() {
        return bytes(0, 'a', 's', 'm', 0x0d, 0, 1, 0);
    }
}
