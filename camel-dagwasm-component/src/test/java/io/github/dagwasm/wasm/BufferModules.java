package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModules.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Recipes for guests of the calling convention {@code buffer}. */
final class BufferModules {

    /** The index of {@code allocate}. */
    static final int ALLOCATE = 1;

    /** The index of the first function that a recipe adds to {@link #guest}. */
    static final int FIRST_OWN = 4;

    private BufferModules() {}

    /**
     * A guest with its allocator. Functions: 0 {@code env.host_log}, 1 {@code allocate}, 2 {@code
     * deallocate}, 3 {@code process}.
     *
     * @param text what is at {@link TestModules#TEXT}
     * @param process what {@code process} does; locals 0 to 2 are its parameters, 3 is free
     * @return the module, to be added to
     */
    static TestModule guest(String text, Code process) {
        return allocating(text).exported("process", 3, 1, 1, process);
    }

    /** The same without {@code process}. */
    static TestModule allocating(String text) {
        return new TestModule()
                .importFunction("env", "host_log", 2, 0)
                .memory(1)
                .exportMemory("memory")
                .global(TestModules.HEAP)
                .data(TEXT, text)
                .exported("allocate", 1, 1, 1, TestModules.allocate())
                .exported("deallocate", 2, 0, 0, code());
    }

    /** Returns a pointer and says how long the text there is, by {@code i32.store}. */
    static Code answer(Code pointer, Code length) {
        return code().get(2).then(length).op(0x36, 0, 0).then(pointer);
    }

    /** Returns the input. */
    static Code input() {
        return answer(code().get(0), code().get(1));
    }

    /** Appends a text to its input. */
    static byte[] append(String suffix) {
        int more = suffix.getBytes(UTF_8).length;
        Code length = code().get(1).i32(more).add();
        Code copy = code().then(length).call(ALLOCATE).tee(3).eqz().if_().unreachable().end();
        copy.get(3).get(0).get(1).memoryCopy();
        copy.get(3).get(1).add().i32(TEXT).i32(more).memoryCopy();
        return guest(suffix, copy.then(answer(code().get(3), length))).bytes();
    }
}
