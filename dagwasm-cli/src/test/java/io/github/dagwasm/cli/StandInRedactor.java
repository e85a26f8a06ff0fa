package io.github.dagwasm.cli;

import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import java.util.List;

/**
 * A guest in place of the redactor, which has the text and fails with it. Its convention is {@code
 * buffer}.
 *
 * @param name what its file is called, without {@code .wasm}
 * @param module the module
 * @param options what stands in place of the processor's own options and timeout
 * @param failure what it fails with
 */
record StandInRedactor(String name, TestModule module, String options, String failure) {

    /** The number that must not come out. */
    static final String SECRET = "4111 1111 1111 1111";

    /** The options that the example has. */
    static final String USUAL = "options: { abi: buffer }";

    private static final int HEAP = 4096;
    private static final int ABORT = 0;
    private static final int HOST_LOG = 1;
    private static final int OWN = 5;
    private static final int WORDS = 1024;

    static List<StandInRedactor> all() {
        Code input = answer(code().get(0), code().get(1));
        Code endless = code().loop().br(0).end().then(input);
        Code shout = code().get(0).get(1).call(HOST_LOG);
        return List.of(
                of("trap", code().unreachable(), "trap"),
                of("deep", code().call(OWN).then(input), "d"),
                of("crash", code().i32(-8).load8().drop().then(input), "d"),
                of("endless", endless, "options: { abi: buffer }\n    timeout_seconds: 0.05", "d"),
                of("fuel", endless, "options: { abi: buffer, fuel_level: 1000 }", "d"),
                of(
                        "memory",
                        code().loop()
                                .i32(1)
                                .memoryGrow()
                                .i32(-1)
                                .op(0x47)
                                .brIf(0)
                                .end()
                                .unreachable(),
                        "d"),
                of("output", answer(code().get(0), code().i32(3_000_000)).then(code()), "d"),
                of("null", answer(code().i32(0), code().get(1)), "d"),
                of("outside", answer(code().get(0), code().i32(0x7fffffff)), "d"),
                of("unsaid", code().get(0), "d"),
                of("malformed", code().get(0).i32(0xff).store8().then(input), "d"),
                of("loud", code().then(shout).unreachable(), "d"),
                of("aborts", code().i32(0).i32(0).i32(3).i32(4).call(ABORT).then(input), "d"));
    }

    /** One that says in words of its own what it was given. */
    static StandInRedactor speaking() {
        return of("speaking", code().i32(WORDS).i32(0).i32(3).i32(4).call(ABORT).get(0), "d");
    }

    private static StandInRedactor of(String name, Code process, String failure) {
        return of(name, process, USUAL, failure);
    }

    private static StandInRedactor of(String name, Code process, String options, String failure) {
        byte[] words = SECRET.getBytes(UTF_16LE);
        TestModule module =
                new TestModule()
                        .importFunction("env", "abort", 4, 0)
                        .importFunction("env", "host_log", 2, 0)
                        .memory(32)
                        .exportMemory("memory")
                        .global(HEAP)
                        .data(
                                WORDS - 4,
                                TestModule.join(TestModule.bytes(words.length, 0, 0, 0), words))
                        .exported("allocate", 1, 1, 0, allocate())
                        .exported("deallocate", 2, 0, 0, code())
                        .exported("process", 3, 1, 1, process)
                        .function(0, 0, 0, code().call(OWN));
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
