package io.github.dagwasm.hostile;

import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;

/** Where in a guest its evil sits. Instructions leave the stack as it was. */
final class Guests {

    /** Instructions enough to be too large for a JVM method. */
    private static final int HUGE = 20_000;

    private static final int SPARE = 1000;

    private Guests() {}

    /** A guest that does something and returns its input. */
    static TestModule doing(Code instructions) {
        return TestModules.guest("", instructions.get(0));
    }

    /** The same, in a function that is too large for a JVM method. */
    static TestModule interpreted(Code instructions) {
        Code padding = code();
        for (int i = 0; i < HUGE; i++) {
            padding.get(1).i32(i).add().set(1);
        }
        return doing(padding.row(1, instructions));
    }

    static TestModule atStart(Code instructions) {
        return doing(code()).function(0, 0, 0, instructions).start(TestModules.FIRST_OWN);
    }

    static TestModule atInitialisation(Code instructions) {
        return doing(code()).exported("_initialize", 0, 0, 0, instructions);
    }

    static TestModule atAllocation(Code instructions) {
        return allocating(instructions.i32(SPARE));
    }

    /** A guest whose {@code allocate} returns what the instructions leave. */
    static TestModule allocating(Code pointer) {
        return new TestModule()
                .memory(1)
                .exportMemory("memory")
                .exported("allocate", 1, 1, 0, pointer)
                .exported("deallocate", 2, 0, 0, code())
                .exported("process", 1, 1, 0, code().get(0));
    }
}
