package io.github.dagwasm.wasm.engine;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;

/** Modules whose {@code rec(n)} calls itself n times, in one way or another, and returns n. */
enum Recursion {
    /** By its index, in a module without a memory. */
    DIRECT {
        @Override
        byte[] module() {
            return rec(new TestModule(), code(), code().call(0)).bytes();
        }
    },
    /** By a reference in a table. */
    BY_REFERENCE {
        @Override
        byte[] module() {
            return rec(tableOfOne(), code(), byReference()).bytes();
        }
    },
    /** By a reference, where more functions have the same type than fit into one method. */
    BY_REFERENCE_AMONG_MANY {
        @Override
        byte[] module() {
            return rec(tableOfOne(), code(), byReference()).repeat(1100).bytes();
        }
    },
    /** In a function too large for a JVM method. */
    HUGE {
        @Override
        byte[] module() {
            return rec(new TestModule().memory(1), huge(), code().call(0)).bytes();
        }
    },
    /** The same, by a reference. */
    HUGE_BY_REFERENCE {
        @Override
        byte[] module() {
            return rec(tableOfOne(), huge(), byReference()).bytes();
        }
    },
    /** To and fro between a function of usual size and a huge one. */
    HUGE_EVERY_OTHER {
        @Override
        byte[] module() {
            TestModule module = rec(new TestModule(), code(), code().call(1));
            return module.function(1, 1, 1, body(huge(), code().call(0))).bytes();
        }
    },
    /** With a function of more parameters than a JVM method has, which makes two calls a level. */
    OF_MANY_PARAMETERS {
        @Override
        byte[] module() {
            Code wide = code();
            for (int i = 1; i < 300; i++) {
                wide.i32(i);
            }
            TestModule module = rec(new TestModule(), code(), wide.call(1));
            return module.function(300, 1, 0, code().get(0).call(0)).bytes();
        }
    };

    /**
     * The module.
     *
     * @return its bytes
     */
    abstract byte[] module();

    private static TestModule rec(TestModule module, Code before, Code call) {
        return module.exported("rec", 1, 1, 1, body(before, call));
    }

    private static Code body(Code before, Code call) {
        return before.get(0)
                .eqz()
                .if_()
                .i32(0)
                .return_()
                .end()
                .get(0)
                .i32(1)
                .sub()
                .then(call)
                .i32(1)
                .add();
    }

    private static TestModule tableOfOne() {
        return new TestModule().table(1).item(9, bytes(0, 0x41, 0, 0x0b, 1, 0));
    }

    private static Code byReference() {
        return code().i32(0).op(0x11, 0, 0);
    }

    private static Code huge() {
        Code huge = code();
        for (int i = 0; i < 10_000; i++) {
            huge.get(1).i32(i).add().set(1);
        }
        return huge;
    }
}
