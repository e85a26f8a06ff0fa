package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Modules as Camel's own component for WebAssembly calls them. */
public final class CamelGuests {

    /** Where answers lie that were there before the call. */
    static final int ANSWER = 1024;

    private static final int INPUT_PAGES = 160;
    private static final int PAGE = 65_536;

    private static final byte[] FUNCTION = bytes(0x60, 2, 0x7f, 0x7f, 1, 0x7e);

    /** The index of the first function that a recipe adds to {@link #guest}. */
    static final int FIRST_OWN = 4;

    private static final int ALLOCATE = 1;
    private static final String ENVELOPE_END = "\"}";
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    // For each number of '=' that base64 ends with: what comes in its place, and in which the last
    // letter before it changes.
    private static final int[] TAILS = {1024, 1280, 1536};
    private static final int[] LETTERS = {0, 3072, 3328};

    private CamelGuests() {}

    /**
     * A guest with an allocator that grows the memory as needed. Functions: 0 {@code env.host_log},
     * 1 {@code alloc}, 2 {@code dealloc}, 3 {@code process}.
     *
     * @param process what {@code process} does; locals 0 and 1 are the input's pointer and size
     * @return the module, to be added to
     */
    static TestModule guest(Code process) {
        TestModule module =
                new TestModule()
                        .importFunction("env", "host_log", 2, 0)
                        .memory(1)
                        .exportMemory("memory")
                        .global(TestModules.HEAP)
                        .exported("alloc", 1, 1, 1, TestModules.allocate())
                        .exported("dealloc", 2, 0, 0, code());
        return with(module, "process", process);
    }

    /**
     * Appends a text to its input, both in base64, without decoding either: what is appended is
     * known in each of the three forms that it has behind another text, and the bits of the input
     * that are alone in its last letter are kept.
     *
     * @param suffix the text, of less than 150 bytes
     */
    static byte[] append(String suffix) {
        Code answer = answer(code().get(0).get(1).call(FIRST_OWN), code().globalGet(1));
        TestModule module = guest(answer).global(0).function(2, 1, 2, appended(suffix));
        for (int equals = 0; equals < TAILS.length; equals++) {
            String behind = behind(suffix, equals);
            if (equals > 0) {
                module.data(LETTERS[equals], letters(behind.charAt(0)));
            }
            module.data(TAILS[equals], tail(suffix, equals) + ENVELOPE_END);
        }
        return module.bytes();
    }

    /** The suffix where it follows a text that ends so, from the letter on that both share. */
    private static String behind(String suffix, int equals) {
        int before = (3 - equals) % 3;
        byte[] utf8 = suffix.getBytes(UTF_8);
        byte[] behind = new byte[before + utf8.length];
        System.arraycopy(utf8, 0, behind, before, utf8.length);
        return Base64.getEncoder().encodeToString(behind).substring(before);
    }

    private static String tail(String suffix, int equals) {
        return behind(suffix, equals).substring(equals == 0 ? 0 : 1);
    }

    /** By each letter: the one that has the bits of another one besides. */
    private static byte[] letters(char other) {
        byte[] letters = new byte[128];
        for (int i = 0; i < ALPHABET.length(); i++) {
            letters[ALPHABET.charAt(i)] = (byte) ALPHABET.charAt(i | ALPHABET.indexOf(other));
        }
        return letters;
    }

    /** Takes the input; gives the address of the answer, whose size is in global 1. */
    private static Code appended(String suffix) {
        int more = suffix.getBytes(UTF_8).length * 4 / 3 + 4;
        Code append = code().get(1).i32(more).add().call(ALLOCATE).tee(2);
        append.eqz().if_().unreachable().end().get(2).get(0).get(1).memoryCopy();
        append.get(2).get(1).add().i32(ENVELOPE_END.length()).sub().set(3);
        Code one = moved(1).then(letter(1)).then(tailed(suffix, 1));
        Code two = moved(2).then(letter(2)).then(tailed(suffix, 2));
        append.then(isEquals(1)).if_();
        append.then(isEquals(2)).if_().then(two).op(0x05).then(one).end(); // else
        append.op(0x05).then(tailed(suffix, 0)).end();
        return append.get(3).get(2).sub().globalSet(1).get(2);
    }

    private static Code moved(int back) {
        return code().get(3).i32(back).sub().set(3);
    }

    private static Code isEquals(int before) {
        return code().get(3).i32(before).sub().load8().i32('=').op(0x46); // i32.eq
    }

    private static Code letter(int equals) {
        Code last = code().get(3).i32(1).sub();
        return code().then(last).then(last).load8().i32(LETTERS[equals]).add().load8().store8();
    }

    private static Code tailed(String suffix, int equals) {
        int length = tail(suffix, equals).length() + ENVELOPE_END.length();
        Code copy = code().get(3).i32(TAILS[equals]).i32(length).memoryCopy();
        return copy.get(3).i32(length).add().set(3);
    }

    /**
     * A module with an allocator that always gives the same place, and no function yet.
     *
     * @param pages how much memory lies before that place
     */
    static TestModule allocating(int pages) {
        return new TestModule()
                .memory(pages + INPUT_PAGES)
                .exportMemory("memory")
                .exported("alloc", 1, 1, 0, code().i32(pages * PAGE))
                .exported("dealloc", 2, 0, 0, code());
    }

    /** Adds a function of the convention. */
    static TestModule with(TestModule module, String name, Code instructions) {
        return module.exportedOf(name, FUNCTION, instructions);
    }

    /** A guest whose answer is what it says, be that where it may. */
    static byte[] returning(long result) {
        return with(allocating(1), "process", code().i64(result)).bytes();
    }

    /**
     * A guest that answers with its input.
     *
     * @return the module
     */
    public static byte[] echo() {
        return with(allocating(1), "process", inputAsAnswer()).bytes();
    }

    static Code inputAsAnswer() {
        return answer(code().get(0), code().get(1));
    }

    /** The pointer in the upper half, the size in the lower one. */
    static Code answer(Code pointer, Code size) {
        Code upper = code().then(pointer).op(0xad).i64(32).op(0x86); // i64.extend_i32_u, i64.shl
        return upper.then(size).op(0xad).op(0x84); // i64.or
    }

    /** A guest that always answers with the same bytes. */
    static byte[] answering(byte[] answer) {
        int pages = (ANSWER + answer.length) / PAGE + 1;
        return with(allocating(pages).data(ANSWER, answer), "process", answer(answer.length))
                .bytes();
    }

    /**
     * A guest that always answers with the same text.
     *
     * @param answer the text
     * @return the module
     */
    public static byte[] answering(String answer) {
        return answering(answer.getBytes(UTF_8));
    }

    /** A guest that always says that it failed. */
    static byte[] failing(String error) {
        byte[] utf8 = error.getBytes(UTF_8);
        return with(allocating(1).data(ANSWER, utf8), "process", answer(1L << 31 | utf8.length))
                .bytes();
    }

    private static Code answer(long size) {
        return code().i64((long) ANSWER << 32 | size);
    }

    /**
     * An envelope.
     *
     * @param headers the object of headers
     * @param body the text of the body
     * @return the envelope's JSON
     */
    public static String envelope(String headers, String body) {
        String base64 = Base64.getEncoder().encodeToString(body.getBytes(UTF_8));
        return "{\"headers\":" + headers + ",\"body\":\"" + base64 + "\"}";
    }
}
