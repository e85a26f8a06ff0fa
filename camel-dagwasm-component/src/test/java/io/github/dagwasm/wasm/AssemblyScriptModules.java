package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModules.TEXT;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Recipes for guests that look like AssemblyScript's: its runtime is a bump allocator here. */
final class AssemblyScriptModules {

    /** The index of what the guest imports: {@code env.host_log} or {@code env.abort}. */
    static final int IMPORT = 0;

    /** The index of a function that takes a size and returns a pointer, not exported. */
    static final int ALLOCATE = 1;

    /** The index of {@code __new}. */
    static final int NEW = 2;

    /** The index of the first function that a recipe adds to {@link #guest}. */
    static final int FIRST_OWN = 6;

    /** The class of strings. */
    static final int STRING = 2;

    /** What stands before an object; its last four bytes are the size. */
    static final int HEADER = 20;

    private AssemblyScriptModules() {}

    /**
     * A guest with its runtime. Functions: 0 {@code env.host_log}, 1 an allocator, 2 {@code __new},
     * 3 {@code __pin}, 4 {@code __unpin}, 5 {@code process}.
     *
     * @param process what {@code process} does; local 0 is the string, 1 and 2 are free
     * @return the module, to be added to
     */
    static TestModule guest(Code process) {
        return runtime(new TestModule().importFunction("env", "host_log", 2, 0))
                .exported("process", 1, 1, 2, process);
    }

    /** The same with {@code env.abort} in place of the log. */
    static TestModule aborting(Code process) {
        return runtime(new TestModule().importFunction("env", "abort", 4, 0))
                .exported("process", 1, 1, 2, process);
    }

    private static TestModule runtime(TestModule module) {
        return module.memory(1)
                .exportMemory("memory")
                .global(TestModules.HEAP)
                .function(1, 1, 1, TestModules.allocate())
                .exported("__new", 2, 1, 1, newObject())
                .exported("__pin", 1, 1, 0, code().get(0))
                .exported("__unpin", 1, 0, 0, code());
    }

    /** Takes a size and a class; 0 where there is no memory. */
    private static Code newObject() {
        return code().get(0)
                .i32(HEADER)
                .add()
                .call(ALLOCATE)
                .tee(2)
                .eqz()
                .if_()
                .i32(0)
                .return_()
                .end()
                .get(2)
                .get(1)
                .op(0x36, 0, HEADER - 8) // i32.store
                .get(2)
                .get(0)
                .op(0x36, 0, HEADER - 4)
                .get(2)
                .i32(HEADER)
                .add();
    }

    /** The size of the string that a local is. */
    static Code sizeOf(int local) {
        return code().get(local).i32(4).sub().op(0x28, 0, 0); // i32.load
    }

    /** Appends a text to its input. */
    static byte[] append(String suffix) {
        byte[] more = suffix.getBytes(UTF_16LE);
        Code make = sizeOf(0).i32(more.length).add().i32(STRING).call(NEW).tee(1);
        Code copy = make.eqz().if_().unreachable().end();
        copy.get(1).get(0).then(sizeOf(0)).memoryCopy();
        copy.get(1).then(sizeOf(0)).add().i32(TEXT).i32(more.length).memoryCopy();
        return guest(copy.get(1)).data(TEXT, more).bytes();
    }

    /** A string as it lies in memory: its size and then its units. */
    static byte[] string(String text) {
        ByteBuffer units = ByteBuffer.allocate(2 * text.length()).order(ByteOrder.LITTLE_ENDIAN);
        // One by one: an unpaired surrogate is one too.
        text.chars().forEach(unit -> units.putChar((char) unit));
        return string(units.capacity(), units.array());
    }

    /** The same with a size of one's choice. */
    static byte[] string(int size, byte... units) {
        return ByteBuffer.allocate(4 + units.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(size)
                .put(units)
                .array();
    }

    /** Answers with what lies at {@link AbiGuests#LOGGED}, its size included. */
    static byte[] answering(byte[] string) {
        return guest(code().i32(AbiGuests.LOGGED + 4)).data(AbiGuests.LOGGED, string).bytes();
    }

    /** Calls {@code env.abort}. */
    static Code abort(int message, int file, int line, int column) {
        return code().i32(message).i32(file).i32(line).i32(column).call(IMPORT).unreachable();
    }
}
