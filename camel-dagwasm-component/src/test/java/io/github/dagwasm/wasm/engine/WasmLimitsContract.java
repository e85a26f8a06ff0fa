package io.github.dagwasm.wasm.engine;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How every engine bounds what a guest may have, and whom it blames. */
public abstract class WasmLimitsContract {

    private static final long MEMORY = 1 << 20;
    private static final long PAGE = 65_536;
    private static final long ENTRIES = 100;
    private static final int NEVER = 1_000_000_000;
    private static final int EMPTY_BLOCK = 0x40;

    /**
     * The engine to be held to the contract.
     *
     * @return an engine
     */
    protected abstract WasmEngine engine();

    /** The recursive modules, with how many calls each level of {@code rec} opens. */
    static Stream<Arguments> recursions() {
        return Stream.of(Recursion.values())
                .map(shape -> Arguments.of(shape, shape == Recursion.OF_MANY_PARAMETERS ? 2 : 1));
    }

    @ParameterizedTest
    @MethodSource("recursions")
    void opensAsManyCallsAsTheLimitSaysAndNoMore(Recursion shape, int perLevel) throws Exception {
        WasmModule module = engine().load(shape.module());
        int limit = 40 * perLevel + 1;

        WasmInstance instance = instance(module, limit);
        for (int i = 0; i < 3; i++) {
            assertThat((int) instance.call("rec", 40)[0]).isEqualTo(40);
        }
        assertThatThrownBy(() -> instance.call("rec", 41))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of %d open calls is exceeded: %d asked for (option"
                                + " limits.call_depth)",
                        limit, limit + 1);
        assertThat((int) instance(module, limit).call("rec", 40)[0]).isEqualTo(40);
    }

    @Test
    void countsTheCallsOfAStartFunction() {
        WasmModule module =
                engine().load(new TestModule().function(0, 0, 0, code().call(0)).start(0).bytes());

        assertThatThrownBy(() -> instance(module, 5))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 5 open calls is exceeded: 6 asked for (option"
                                + " limits.call_depth)");
    }

    @Test
    void aCallThatReturnedIsNotOpen() throws Exception {
        Code loop = code().loop().call(0).get(0).i32(1).sub().tee(0).brIf(0).end();
        byte[] module =
                new TestModule().function(0, 0, 0, code()).exported("loop", 1, 0, 0, loop).bytes();

        assertThat(instance(engine().load(module), 2).call("loop", 1000)).isNullOrEmpty();
    }

    @Test
    void aCallThatAnExceptionLeftIsNotOpen() throws Exception {
        // Goes down four calls, throws, and catches at the top: a thousand times.
        Code down = code().get(0).eqz().if_().op(0x08, 0).end().get(0).i32(1).sub().call(0);
        Code catching = code().loop().block().op(0x1f, EMPTY_BLOCK, 1, 0x02, 0);
        catching.i32(4).call(0).end().end().get(0).i32(1).sub().tee(0).brIf(0).end();
        byte[] module =
                new TestModule()
                        .function(1, 0, 0, down)
                        .exported("catch", 1, 1, 0, catching.call(2))
                        .function(0, 1, 0, code().i32(7))
                        .item(13, bytes(0, 2 + 1))
                        .function(0, 0, 0, code())
                        .bytes();

        assertThat((int) instance(engine().load(module), 6).call("catch", 1000)[0]).isEqualTo(7);
        assertThatThrownBy(() -> instance(engine().load(module), 5).call("catch", 1000))
                .isInstanceOf(LimitExceededException.class);
    }

    @ParameterizedTest
    @MethodSource("recursions")
    void theStacksEndIsATrapWhereTheLimitIsFurther(Recursion shape, int perLevel) throws Exception {
        WasmInstance instance = instance(engine().load(shape.module()), NEVER);

        assertThatThrownBy(() -> instance.call("rec", NEVER))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest trapped: call stack exhausted");
    }

    @Test
    void localsOfOpenCallsDoNotFillTheHeap() throws Exception {
        byte[] module = new TestModule().exported("rec", 0, 0, 50_000, code().call(0)).bytes();
        WasmInstance instance = instance(engine().load(module), NEVER);

        assertThatThrownBy(() -> instance.call("rec"))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest trapped: call stack exhausted");
    }

    /** What is linked or initialised for the first time at a stack's end may stay broken. */
    @ParameterizedTest
    @EnumSource(Recursion.class)
    void allIsUsableAfterManyStacksHaveEnded(Recursion shape) throws Exception {
        WasmModule module = engine().load(shape.module());
        List<String> messages = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            Runnable recursion =
                    () -> {
                        try {
                            instance(module, NEVER).call("rec", NEVER);
                        } catch (DagWasmException | InterruptedException e) {
                            messages.add(e.getMessage());
                        }
                    };
            Thread thread = new Thread(null, recursion, "stack", (160 << 10) + i * 1040L);
            thread.start();
            thread.join();
        }

        assertThat(messages).hasSize(20).containsOnly("the guest trapped: call stack exhausted");
        assertThat((int) instance(module, NEVER).call("rec", 40)[0]).isEqualTo(40);
    }

    @Test
    void aHostFunctionIsUsableAfterItWasCalledAtAStacksEnd() throws Exception {
        HostFunction log =
                new HostFunction(
                        "env", "host_log", Signature.ofI32(2, 0), (memory, a) -> new long[0]);
        InstanceLimits limits = new InstanceLimits(MEMORY, ENTRIES, NEVER);
        WasmModule deep = engine().load(TestModules.deepLog());

        for (int i = 0; i < 10; i++) {
            WasmInstance instance = deep.instantiate(List.of(log), limits, MemoryReserve.UNLIMITED);
            assertThatThrownBy(() -> instance.call("process", 8))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("the guest trapped: call stack exhausted");
        }

        assertThat(
                        (int)
                                engine().load(TestModules.log("hello", 4))
                                        .instantiate(List.of(log), limits, MemoryReserve.UNLIMITED)
                                        .call("process", 8)[0])
                .isEqualTo(8);
    }

    @Test
    void theRefusedLimitIsTheNewsOfAGuestThatGivesUp() throws Exception {
        WasmInstance memory = growing(code().i32(99).memoryGrow().drop().unreachable());
        WasmInstance table = growing(tableGrow(99).drop().unreachable());

        assertThatThrownBy(() -> memory.call("f"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 1048576 memory bytes is exceeded: 6553600 asked for (option"
                                + " limits.memory_mb)");
        assertThatThrownBy(() -> table.call("f"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 100 table entries is exceeded: 101 asked for (option"
                                + " limits.table_entries)");
        assertThat(table.memory().refusedGrowth())
                .map(DagWasmException::getMessage)
                .contains(
                        "the limit of 100 table entries is exceeded: 101 asked for (option"
                                + " limits.table_entries)");
    }

    @Test
    void anotherTrapKeepsItsSentenceAndNamesTheRefusal() throws Exception {
        WasmInstance instance =
                growing(code().i32(99).memoryGrow().drop().i32(1).i32(0).op(0x6d).drop());

        assertThatThrownBy(() -> instance.call("f"))
                .isInstanceOf(TrapException.class)
                .hasMessage(
                        "the guest trapped: integer divide by zero, after it was refused memory or"
                                + " table entries")
                .satisfies(
                        e ->
                                assertThat(e.getSuppressed())
                                        .singleElement()
                                        .isInstanceOf(LimitExceededException.class));
    }

    /** Counts, and has a bound on what is held. */
    private static class Reserve implements MemoryReserve {

        private final List<Long> changes = new ArrayList<>();
        private long left;

        Reserve(long left) {
            this.left = left;
        }

        @Override
        public boolean tryTake(long bytes) {
            return false;
        }

        @Override
        public void take(long bytes) {
            if (bytes > left) {
                throw new SandboxFullException("bytes", 1, 2, 3, Duration.ZERO, "option");
            }
            left -= bytes;
            changes.add(bytes);
        }

        @Override
        public void give(long bytes) {
            left += bytes;
            changes.add(-bytes);
        }

        @Override
        public DagWasmException heapSpent(OutOfMemoryError cause) {
            return SandboxFullException.heapSpent(cause);
        }
    }

    private WasmInstance growing(Code body, MemoryReserve reserve) throws InterruptedException {
        byte[] module = new TestModule().memory(1).table(2).exported("f", 0, 0, 0, body).bytes();
        return engine().load(module)
                .instantiate(List.of(), new InstanceLimits(MEMORY, ENTRIES, 10), reserve);
    }

    @Test
    void whatGrowsHoldsTheOldAndTheNewWhileItCopies() throws Exception {
        Reserve reserve = new Reserve(MEMORY);
        Code grow = code().i32(2).memoryGrow().drop().i32(0).memoryGrow().drop();
        grow.then(tableGrow(5)).drop().then(tableGrow(0)).drop();

        growing(grow, reserve).call("f");

        assertThat(reserve.changes).containsExactly(3L * PAGE, -PAGE, 7 * 4L, -2 * 4L);
    }

    @Test
    void whatTheReserveLacksEndsTheCallWhateverTheGuestCatches() throws Exception {
        Code memory = code().block().op(0x1f, EMPTY_BLOCK, 1, 0x02, 0).i32(1).memoryGrow().drop();
        Code table = code().block().op(0x1f, EMPTY_BLOCK, 1, 0x02, 0).then(tableGrow(1)).drop();

        for (Code grow : List.of(memory, table)) {
            Code catching = grow.end().end();
            for (Code body : List.of(catching, code().then(tooLargeToCompile()).then(catching))) {
                WasmInstance instance = growing(body, new Reserve(1));

                assertThatThrownBy(() -> instance.call("f"))
                        .isInstanceOf(SandboxFullException.class)
                        .hasMessage(
                                "the sandbox is full: 2 of 1 bytes are in use, 3 more asked for;"
                                        + " waited 0 s (option option)");
            }
        }
    }

    private static Code tooLargeToCompile() {
        return code().row(20_000, code().i32(1 << 20).i32(1 << 20).add().drop());
    }

    @Test
    void whatTheJvmsHeapLacksEndsTheCallInTheSameWay() throws Exception {
        Reserve heap =
                new Reserve(0) {
                    @Override
                    public void take(long bytes) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                };
        WasmInstance memory = growing(code().i32(1).memoryGrow().drop(), heap);
        WasmInstance table = growing(tableGrow(1).drop(), heap);

        for (WasmInstance instance : List.of(memory, table)) {
            assertThatThrownBy(() -> instance.call("f"))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessage("the JVM's heap is full");
        }
    }

    private WasmInstance growing(Code body) throws InterruptedException {
        byte[] module = new TestModule().memory(1).table(2).exported("f", 0, 0, 0, body).bytes();
        return instance(engine().load(module), 10);
    }

    private static Code tableGrow(int entries) {
        return code().op(0xd0, 0x70).i32(entries).tableGrow();
    }

    private static WasmInstance instance(WasmModule module, long callDepth)
            throws InterruptedException {
        return module.instantiate(
                List.of(), new InstanceLimits(MEMORY, ENTRIES, callDepth), MemoryReserve.UNLIMITED);
    }
}
