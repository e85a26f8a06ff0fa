package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.ValueType;
import io.github.dagwasm.wasm.engine.WasiFunctions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Recipes of modules that import WASI. Most are commands, of the calling convention {@code wasi}.
 */
public final class WasiGuests {

    /** Where a guest has room for its own, up to {@link #HEAP}. */
    public static final int FREE = 256;

    /** Where {@link #TEXT}'s text is. */
    public static final int TEXT = 1024;

    /** Where bytes are read to; the second half of the memory's first page. */
    public static final int HEAP = 32768;

    /** The indices of the functions that every guest here imports. */
    public static final int READ = 0;

    /** {@code fd_write}. */
    public static final int WRITE = 1;

    /** {@code proc_exit}. */
    public static final int EXIT = 2;

    /** The first of those that it imports besides. */
    public static final int FIRST_MORE = 3;

    // Vectors and results, all in the first 256 bytes.
    private static final int READ_VECTOR = 0;
    private static final int READ_COUNT = 8;
    private static final int WRITE_VECTOR = 16;
    private static final int WRITE_COUNT = 24;
    private static final int TEXT_VECTOR = 32;

    private WasiGuests() {}

    /**
     * A command.
     *
     * @param text what lies at {@link #TEXT}
     * @param start what {@code _start} does; it has four locals
     * @param more the names of other functions of WASI that it imports
     * @return the module, to be added to
     */
    public static TestModule command(String text, Code start, String... more) {
        return module(text, more).exported("_start", 0, 0, 4, start);
    }

    /**
     * A module that imports WASI, its memory exported.
     *
     * @param text what lies at {@link #TEXT}
     * @param more the names of other functions of WASI that it imports
     * @return the module, to be added to
     */
    public static TestModule module(String text, String... more) {
        TestModule module = new TestModule();
        for (String name : List.of("fd_read", "fd_write", "proc_exit")) {
            imported(module, name);
        }
        for (String name : more) {
            imported(module, name);
        }
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return module.memory(1)
                .exportMemory("memory")
                .data(READ_VECTOR, words(HEAP, HEAP))
                .data(TEXT_VECTOR, words(TEXT, length))
                .data(TEXT, text);
    }

    private static void imported(TestModule module, String name) {
        Signature signature = WasiFunctions.signature(name).orElseThrow();
        byte[] type =
                TestModule.join(
                        TestModule.bytes(0x60),
                        types(signature.parameters()),
                        types(signature.results()));
        module.importTyped(WasiFunctions.MODULE, name, module.rawType(type));
    }

    private static byte[] types(List<ValueType> types) {
        byte[] bytes = new byte[types.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (types.get(i) == ValueType.I64 ? 0x7e : 0x7f);
        }
        return TestModule.join(TestModule.leb(bytes.length), bytes);
    }

    /**
     * 32-bit numbers.
     *
     * @param values the numbers
     * @return their bytes
     */
    public static byte[] words(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    /**
     * Writes all of standard input to a descriptor; a call that fails is the guest's end, by code
     * 101.
     *
     * @param descriptor which
     * @return the instructions
     */
    public static Code copy(int descriptor) {
        return code().block()
                .loop()
                .i32(0)
                .i32(READ_VECTOR)
                .i32(1)
                .i32(READ_COUNT)
                .call(READ)
                .then(orEnd(101))
                .then(load(READ_COUNT))
                .eqz()
                .brIf(1)
                .i32(WRITE_VECTOR)
                .i32(HEAP)
                .then(store())
                .i32(WRITE_VECTOR + 4)
                .then(load(READ_COUNT))
                .then(store())
                .then(write(descriptor, WRITE_VECTOR, 1))
                .br(0)
                .end()
                .end();
    }

    /**
     * Reads all of standard input to {@link #HEAP}, and grows the memory as that takes; a memory
     * that does not grow is a trap.
     *
     * @return the instructions, which leave the address of what comes next in local 0
     */
    public static Code readAll() {
        Code end = code().memorySize().i32(16).op(0x74); // i32.shl
        Code grow = code().memorySize().memoryGrow().i32(-1).op(0x46); // i32.eq
        Code room = code().then(end).get(0).sub().eqz().if_().then(grow);
        return code().i32(HEAP)
                .set(0)
                .block()
                .loop()
                .then(room.if_().unreachable().end().end())
                .i32(READ_VECTOR)
                .get(0)
                .then(store())
                .i32(READ_VECTOR + 4)
                .then(end)
                .get(0)
                .sub()
                .then(store())
                .i32(0)
                .i32(READ_VECTOR)
                .i32(1)
                .i32(READ_COUNT)
                .call(READ)
                .then(orEnd(101))
                .then(load(READ_COUNT))
                .eqz()
                .brIf(1)
                .then(load(READ_COUNT))
                .get(0)
                .add()
                .set(0)
                .br(0)
                .end()
                .end();
    }

    /**
     * Writes what was read to standard output.
     *
     * @param end the local that has the address of what comes next
     * @return the instructions
     */
    public static Code showRead(int end) {
        return code().i32(WRITE_VECTOR)
                .i32(HEAP)
                .then(store())
                .i32(WRITE_VECTOR + 4)
                .get(end)
                .i32(HEAP)
                .sub()
                .then(store())
                .then(write(1, WRITE_VECTOR, 1));
    }

    /**
     * Writes the guest's text to a descriptor.
     *
     * @param descriptor which
     * @return the instructions
     */
    public static Code say(int descriptor) {
        return write(descriptor, TEXT_VECTOR, 1);
    }

    /**
     * Writes vectors; a call that fails is the guest's end, by code 101.
     *
     * @param descriptor to which
     * @param vectors where they are
     * @param count how many
     * @return the instructions
     */
    public static Code write(int descriptor, int vectors, int count) {
        return code().i32(descriptor)
                .i32(vectors)
                .i32(count)
                .i32(WRITE_COUNT)
                .call(WRITE)
                .then(orEnd(101));
    }

    /**
     * Writes bytes of the memory to standard output.
     *
     * @param address where they are
     * @param length how many
     * @return the instructions
     */
    public static Code show(int address, int length) {
        return code().i32(WRITE_VECTOR)
                .i32(address)
                .then(store())
                .i32(WRITE_VECTOR + 4)
                .i32(length)
                .then(store())
                .then(write(1, WRITE_VECTOR, 1));
    }

    /**
     * Ends the guest if the number on the stack is not 0.
     *
     * @param code its exit code then
     * @return the instructions
     */
    public static Code orEnd(int code) {
        return code().if_().then(exit(code)).end();
    }

    /**
     * Ends the guest.
     *
     * @param code its exit code
     * @return the instructions
     */
    public static Code exit(int code) {
        return code().i32(code).call(EXIT);
    }

    /**
     * {@code i32.load} of an address.
     *
     * @param address the address
     * @return the instructions
     */
    public static Code load(int address) {
        return code().i32(address).op(0x28, 2, 0);
    }

    /**
     * {@code i32.store}.
     *
     * @return the instruction
     */
    public static Code store() {
        return code().op(0x36, 2, 0);
    }

    /**
     * A filter.
     *
     * @param suffix what it appends to its input
     * @return the module
     */
    public static byte[] filter(String suffix) {
        return command(suffix, copy(1).then(say(1))).bytes();
    }
}
