package io.github.dagwasm.cli;

import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import java.util.List;

/**
 * A guest in place of the redactor, which is given the text and fails. Its convention is {@code
 * buffer}, whose {@code process} has the text's pointer, its length and where to say the answer's
 * length as its locals 0, 1 and 2.
 *
 * @param name what its file is called, without {@code .wasm}
 * @param module the module
 * @param options what its processor says in place of the example's options and timeout
 * @param failure what it fails with
 */
record StandInRedactor(String name, TestModule module, String options, String failure) {

    /** The number that must not come out. */
    static final String SECRET = "4111 1111 1111 1111";

    private static final String WITHHELD =
            "the guest aborted; what it said is withheld, since it may log nothing";

    private static final String USUAL = "options: { abi: buffer }\n    timeout_seconds: 30";
    private static final String IMPATIENT = "options: { abi: buffer }\n    timeout_seconds: 0.05";
    private static final String METERED =
            "options: { abi: buffer, fuel_level: 1000 }\n    timeout_seconds: 30";

    private static final int ABORT = 0;
    private static final int HOST_LOG = 1;

    /** A function that calls itself. */
    private static final int RECURSION = 5;

    private static final int WORDS = 1024;
    private static final int HEAP = 4096;
    private static final int PAGES = 32;
    private static final String MEMORY = "the memory of 2097152 bytes";

    private static final String FAR = "process returned pointer 1024 and length 2147483647";
    private static final String TRAP = "the guest trapped: Trapped on unreachable instruction";

    static List<StandInRedactor> all() {
        Code input = answer(code().get(0), code().get(1));
        Code endless = code().loop().br(0).end().then(input);
        return List.of(
                usual("trap", code().unreachable(), TRAP),
                usual(
                        "recursion",
                        code().call(RECURSION).then(input),
                        "the limit of 655360 bytes of call stack is exceeded: 655416 asked for"
                                + " (option limits.stack_kb)"),
                of(
                        "endless",
                        endless,
                        IMPATIENT,
                        "stopped after 0.05 s (processors[0].timeout_seconds)"),
                of(
                        "fuel",
                        endless,
                        METERED,
                        "the limit of 1000 fuel is exceeded (option options.fuel_level)"),
                usual(
                        "memory",
                        code().i32(992).memoryGrow().drop().i32(1).memoryGrow().unreachable(),
                        "the limit of 67108864 memory bytes is exceeded: 67174400 asked for (option"
                                + " limits.memory_mb)"),
                usual(
                        "output",
                        code().i32(PAGES)
                                .memoryGrow()
                                .drop()
                                .then(answer(code().get(0), code().i32(3_000_000))),
                        "the limit of 2097152 output bytes is exceeded: 3000000 asked for (option"
                                + " limits.output_bytes)"),
                usual(
                        "null",
                        answer(code().i32(0), code().get(1)),
                        "process returned a null pointer"),
                usual(
                        "outside",
                        answer(code().i32(WORDS), code().i32(Integer.MAX_VALUE)),
                        FAR + ", which do not fit into " + MEMORY),
                usual(
                        "unsaid",
                        code().i32(WORDS),
                        "process returned pointer 1024 and wrote no length of the text"),
                usual(
                        "malformed",
                        code().get(0).i32(0xff).store8().then(input),
                        "the guest's output is not UTF-8: malformed UTF-8 at byte 0 (0xff)"),
                usual("loud", code().get(0).get(1).call(HOST_LOG).unreachable(), TRAP),
                usual(
                        "error",
                        code().i32(0).i32(0).i32(3).i32(4).call(ABORT).then(input),
                        WITHHELD));
    }

    /** One that says the number when it fails. */
    static StandInRedactor speaking() {
        return usual(
                "speaking", code().i32(WORDS).i32(0).i32(3).i32(4).call(ABORT).get(0), WITHHELD);
    }

    private static StandInRedactor usual(String name, Code process, String failure) {
        return of(name, process, USUAL, failure);
    }

    private static StandInRedactor of(String name, Code process, String options, String failure) {
        byte[] words = SECRET.getBytes(UTF_16LE);
        byte[] size = TestModule.bytes(words.length, 0, 0, 0);
        TestModule module =
                new TestModule()
                        .importFunction("env", "abort", 4, 0)
                        .importFunction("env", "host_log", 2, 0)
                        .memory(PAGES)
                        .exportMemory("memory")
                        .global(HEAP)
                        .data(WORDS - size.length, TestModule.join(size, words))
                        .exported("allocate", 1, 1, 0, allocate())
                        .exported("deallocate", 2, 0, 0, code())
                        .exported("process", 3, 1, 0, process)
                        .function(0, 0, 0, code().call(RECURSION));
        return new StandInRedactor(name, module, options, failure);
    }

    /** Bumps a pointer. */
    private static Code allocate() {
        return code().globalGet(0).globalGet(0).get(0).add().globalSet(0);
    }

    /** Says how long the answer is, by {@code i32.store}, and where. */
    private static Code answer(Code pointer, Code length) {
        return code().get(2).then(length).op(0x36, 0, 0).then(pointer);
    }
}
