package io.github.dagwasm.hostile;

import static io.github.dagwasm.hostile.Attack.answered;
import static io.github.dagwasm.hostile.Attack.exceeds;
import static io.github.dagwasm.hostile.Attack.fails;
import static io.github.dagwasm.hostile.Attack.traps;
import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModules.TEXT;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Pointers and lengths at every boundary, and texts that are none. */
final class Pointers {

    private static final int END = 65536;
    private static final String MEMORY = "the memory of 65536 bytes";

    /** Of the input "abc" with its NUL. */
    private static final int INPUT_BYTES = 4;

    private static final int[] BOUNDARIES = {
        0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, END - 1, END, END + 1
    };

    private Pointers() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>(overlapping());
        for (int pointer : BOUNDARIES) {
            all.add(result(pointer));
            all.add(allocation(pointer));
            for (int length : BOUNDARIES) {
                all.add(log(pointer, length));
            }
        }
        // Where the input just fits, and where its NUL does not any more.
        all.add(allocation(END - INPUT_BYTES));
        all.add(allocation(END - INPUT_BYTES + 1));
        all.addAll(unterminated());
        all.addAll(notUtf8());
        return all;
    }

    private static Attack result(int pointer) {
        long at = Integer.toUnsignedLong(pointer);
        String name = "process returns " + at;
        if (at == 0) {
            return fails(name, () -> TestModules.returning(0), "process returned a null pointer");
        }
        if (at < END) {
            return answered(name, () -> TestModules.returning(pointer), "");
        }
        return fails(
                name,
                () -> TestModules.returning(pointer),
                "process returned pointer " + at + ", outside of " + MEMORY);
    }

    private static Attack allocation(int pointer) {
        long at = Integer.toUnsignedLong(pointer);
        String name = "allocate returns " + at;
        if (at == 0) {
            return fails(
                    name,
                    () -> TestModules.allocating(0),
                    "allocate(" + INPUT_BYTES + ") returned a null pointer");
        }
        if (at + INPUT_BYTES <= END) {
            return answered(name, () -> TestModules.allocating(pointer), "abc");
        }
        return fails(
                name,
                () -> TestModules.allocating(pointer),
                "allocate("
                        + INPUT_BYTES
                        + ") returned pointer "
                        + at
                        + ", where that many bytes do not fit into "
                        + MEMORY);
    }

    private static Attack log(int pointer, int length) {
        long from = Integer.toUnsignedLong(pointer);
        long bytes = Integer.toUnsignedLong(length);
        String name = "host_log of " + bytes + " bytes at " + from;
        if (from + bytes <= END) {
            return answered(name, () -> TestModules.logAt(pointer, length), "abc");
        }
        return traps(
                name,
                () -> TestModules.logAt(pointer, length),
                "host_log was called with a text outside of the memory");
    }

    private static List<Attack> overlapping() {
        Code second = code().get(0).i32(1).add();
        return List.of(
                answered("the result is the input", TestModules::echo, "abc"),
                answered("the result lies in the input", () -> returning(second), "bc"),
                fails(
                                "the result begins within a character",
                                () -> returning(second),
                                notUtf8At(0, 0xa9))
                        .input("é"),
                answered("allocate returns one block twice", Pointers::sameBlock, "abc"),
                answered(
                        "allocate returns an odd address",
                        () -> TestModules.allocating(1023),
                        "abc"),
                answered("the guest writes over its input", Pointers::overwriting, "xbc"),
                answered("the guest's text ends at its first NUL", Pointers::innerNul, "a"));
    }

    private static byte[] returning(Code pointer) {
        return TestModules.guest("", code().row(1, pointer)).bytes();
    }

    /** The guest allocates too, and is told the address of its input. */
    private static byte[] sameBlock() {
        return new TestModule()
                .memory(1)
                .exportMemory("memory")
                .exported("allocate", 1, 1, 0, code().i32(1024))
                .exported("deallocate", 2, 0, 0, code())
                .exported("process", 1, 1, 0, code().i32(8).call(0))
                .bytes();
    }

    private static byte[] overwriting() {
        return Guests.doing(code().get(0).i32('x').store8()).bytes();
    }

    private static byte[] innerNul() {
        return Guests.doing(code().get(0).i32(1).add().i32(0).store8()).bytes();
    }

    private static List<Attack> unterminated() {
        Code fullMemory = code().i32(1).i32('a').i32(END - 1).memoryFill().i32(1);
        Code pastTheLimit = code().i32(200).memoryGrow().drop();
        pastTheLimit.i32(1).i32('a').i32(12 << 20).memoryFill().i32(1);
        return List.of(
                fails(
                        "no NUL in all of the memory",
                        () -> returning(fullMemory),
                        "process returned pointer 1, and no NUL ends the text before the end of "
                                + MEMORY),
                exceeds(
                        "no NUL within the output's limit",
                        () -> returning(pastTheLimit),
                        "the limit of 10485760 output bytes is exceeded (option"
                                + " limits.output_bytes)"));
    }

    private static List<Attack> notUtf8() {
        List<Attack> all = new ArrayList<>();
        for (String bytes :
                new String[] {
                    "c0af", "c1bf", "e080af", "e09fbf", "f08080af", "f08fbfbf", "eda080",
                    "edbfbf", "eda080edb080", "f4908080", "f5808080", "f888808080", "80", "bf",
                    "fe", "ff", "c3", "e282", "f09f98", "c328", "e28228"
                }) {
            byte[] text = HexFormat.of().parseHex(bytes);
            all.add(
                    fails(
                            "a text of " + bytes,
                            () ->
                                    TestModules.guest("ok", code().i32(TEXT))
                                            .data(TEXT + 2, text)
                                            .bytes(),
                            notUtf8At(2, text[0] & 0xff)));
        }
        return all;
    }

    private static String notUtf8At(int offset, int value) {
        return "the guest's output is not UTF-8: malformed UTF-8 at byte "
                + offset
                + " (0x"
                + Integer.toHexString(value)
                + ")";
    }
}
