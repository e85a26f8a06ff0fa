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

    private CamelGuests() {}

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

    /** The pointer in the upper half, the size in the lower one. */
    static Code inputAsAnswer() {
        return code().get(0).op(0xad).i64(32).op(0x86).get(1).op(0xad).op(0x84);
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
