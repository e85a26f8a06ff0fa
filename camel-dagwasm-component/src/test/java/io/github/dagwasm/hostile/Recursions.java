package io.github.dagwasm.hostile;

import static io.github.dagwasm.hostile.Attack.exceeds;
import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModules.FIRST_OWN;
import static io.github.dagwasm.wasm.TestModules.HOST_LOG;
import static io.github.dagwasm.wasm.TestModules.TEXT;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Guests that call themselves until something ends: the limit of open calls, or the stack. */
final class Recursions {

    /** More calls than the stack bears. */
    private static final String UNLIMITED = "call_depth: 1000000";

    /** What the default limit says then. */
    static final String STACK =
            "the limit of 655360 bytes of call stack is exceeded: <n> asked for (option"
                    + " limits.stack_kb)";

    private static final int FRAMES = 24;
    private static final int INPUT = 4096;
    private static final int SPACED = 16;
    private static final int SIZE = 4;

    /** What the zeros in an input of three digits add up to. */
    private static final int BASE = '0' * (64 * 64 + 64 + 1);

    private Recursions() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        both(all, "recursion", TestModules::endlessRecursion);
        both(all, "mutual recursion", Recursions::mutual);
        both(all, "recursion through a table", Recursions::indirect);
        both(all, "recursion in the interpreter", Recursions::interpreted);
        both(all, "recursion in allocate", Recursions::inAllocate);
        both(all, "recursion in the start function", Recursions::inStart);
        both(all, "recursion into host_log", TestModules::deepLog);
        all.add(
                exhausting(
                        "interpreted: recursion out of 1,000 blocks",
                        Recursions::interpretedInBlocks));
        // Frames of every size: so the stack ends at every place within the host's function.
        for (int locals = 0; locals < FRAMES; locals++) {
            int many = locals;
            all.add(
                    exhausting(
                            "recursion into host_log with " + locals + " locals",
                            () -> deepLog(many)));
        }
        return all;
    }

    private static void both(List<Attack> all, String name, Supplier<byte[]> module) {
        all.add(
                exceeds(
                                name + ", limited",
                                module,
                                "the limit of 100 open calls is exceeded: 101 asked for (option"
                                        + " limits.call_depth)")
                        .limits("call_depth: 100"));
        all.add(exhausting(name, module));
    }

    private static Attack exhausting(String name, Supplier<byte[]> module) {
        return exceeds(name, module, STACK).limits(UNLIMITED);
    }

    private static byte[] mutual() {
        return Guests.doing(code().call(FIRST_OWN))
                .function(0, 0, 0, code().call(FIRST_OWN + 1))
                .function(0, 0, 0, code().call(FIRST_OWN))
                .bytes();
    }

    /** Blocks that are open lie on the heap in the interpreter, where no stack ends. */
    private static byte[] interpretedInBlocks() {
        int many = 1000;
        Code deep = code().row(many, code().block()).get(0).call(3).drop();
        return Guests.interpreted(deep.row(many, code().end())).bytes();
    }

    private static byte[] indirect() {
        TestModule module = new TestModule();
        Code call = code().i32(0).callIndirect(module.type(0, 0));
        return Loops.onto(module, code().call(3))
                .function(0, 0, 0, call)
                .table(1)
                .elements(0, 3)
                .bytes();
    }

    private static byte[] interpreted() {
        return Guests.interpreted(code().get(0).call(TestModules.FIRST_OWN - 1).drop()).bytes();
    }

    private static byte[] inAllocate() {
        return Guests.allocating(code().get(0).call(0)).bytes();
    }

    private static byte[] inStart() {
        return Guests.atStart(code().call(FIRST_OWN)).bytes();
    }

    /**
     * Calls itself as many times as its input says, see {@link #times}, and then does something.
     */
    static byte[] deep(Code last) {
        return TestModules.guest("x", start()).function(1, 0, 0, deeper(last)).bytes();
    }

    /** The same, and what it does is {@code env.abort("x", "y", 1, 2)}. */
    static byte[] deepAbort() {
        Code abort = code().i32(TEXT).i32(TEXT + SPACED).i32(1).i32(2).call(HOST_LOG);
        return new TestModule()
                .importFunction("env", "abort", 4, 0)
                .memory(1)
                .exportMemory("memory")
                .exported("allocate", 1, 1, 0, code().i32(INPUT))
                .exported("deallocate", 2, 0, 0, code())
                .exported("process", 1, 1, 2, start())
                .function(1, 0, 0, deeper(abort))
                .data(TEXT - SIZE, TestModule.bytes(2, 0, 0, 0, 'x', 0))
                .data(TEXT - SIZE + SPACED, TestModule.bytes(2, 0, 0, 0, 'y', 0))
                .bytes();
    }

    private static Code start() {
        Code times = code().get(0).load8();
        times.i32(64).op(0x6c).get(0).i32(1).add().load8().add();
        times.i32(64).op(0x6c).get(0).i32(2).add().load8().add();
        return times.i32(BASE).sub().call(FIRST_OWN).get(0);
    }

    private static Code deeper(Code last) {
        Code deeper = code().get(0).eqz().if_().row(1, last).return_().end();
        return deeper.get(0).i32(1).sub().call(FIRST_OWN);
    }

    /** The input that says so: three digits to the base of 64, each a printable character. */
    static String times(int times) {
        return "" + digit(times >> 12) + digit(times >> 6) + digit(times);
    }

    private static char digit(int number) {
        return (char) ('0' + (number & 63));
    }

    /** Logs at every level, whose frames hold so many locals. */
    static byte[] deepLog(int locals) {
        Code deeper = code().i32(TEXT).i32(1).call(HOST_LOG).call(FIRST_OWN);
        for (int i = 0; i < locals; i++) {
            deeper.get(i).i32(1).add().set(i);
        }
        return TestModules.guest("x", code().call(FIRST_OWN).get(0))
                .function(0, 0, locals, deeper)
                .bytes();
    }
}
