package io.github.dagwasm.wasm.engine;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where every engine heeds an interrupt, and what it says of work outside of bounds. */
public abstract class WasmInterruptContract {

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 10_000, 100);
    private static final int MANY = 5000;
    private static final int HUGE = 10_000;

    /** Interrupts the thread that calls it: from then on the guest is to stop. */
    private static final HostFunction INTERRUPT =
            new HostFunction(
                    "env",
                    "interrupt",
                    Signature.ofI32(0, 0),
                    (memory, arguments) -> {
                        Thread.currentThread().interrupt();
                        return new long[0];
                    });

    /** Instructions that do much at once, in bytes, each with its operands. */
    enum Bulk {
        MEMORY_FILL("0 0 5000", "fc0b00"),
        MEMORY_COPY("0 1 5000", "fc0a0000"),
        MEMORY_INIT("0 0 5000", "fc080000"),
        TABLE_COPY("0 1 4999", "fc0e0000"),
        TABLE_INIT("0 0 5000", "fc0c0000"),
        TABLE_FILL("0 5000", "fc1100"),
        MEMORY_GROW("0", "40001a"),
        TABLE_GROW("0", "fc0f001a");

        private final String operands;
        private final String instruction;

        Bulk(String operands, String instruction) {
            this.operands = operands;
            this.instruction = instruction;
        }

        /** The instruction with the operands that it is listed with. */
        Code code() {
            return code(Stream.of(operands.split(" ")).mapToInt(Integer::parseInt).toArray());
        }

        /** The instruction with other operands. */
        Code code(int... others) {
            Code code = Code.code();
            if (this == TABLE_GROW) {
                code.op(0xd0, 0x70);
            }
            for (int i = 0; i < others.length; i++) {
                code.i32(others[i]);
                if (this == TABLE_FILL && i == 0) {
                    code.op(0xd0, 0x70);
                }
            }
            for (byte b : HexFormat.of().parseHex(instruction)) {
                code.op(b);
            }
            return code;
        }
    }

    /**
     * The engine to be held to the contract.
     *
     * @return an engine
     */
    protected abstract WasmEngine engine();

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Bulk.class)
    void stopsInARowOfBulkWork(Bulk bulk) throws Exception {
        WasmInstance instance = instance(code().call(0).then(bulk.code()));

        assertInterrupted(instance);
    }

    @ParameterizedTest
    @EnumSource(Bulk.class)
    void stopsInARowOfBulkWorkInAHugeFunction(Bulk bulk) throws Exception {
        Code huge = code();
        for (int i = 0; i < HUGE; i++) {
            huge.get(0).i32(i).add().set(0);
        }

        assertInterrupted(instance(huge.call(0).then(bulk.code())));
    }

    @Test
    void stopsInTheStartFunction() {
        TestModule module =
                new TestModule()
                        .importFunction("env", "interrupt", 0, 0)
                        .memory(1)
                        .function(0, 0, 0, code().call(0).loop().br(0).end())
                        .start(1);

        assertThatThrownBy(() -> instance(module)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void stopsWhileItMakesAnInstance() {
        List<TestModule> modules =
                List.of(
                        new TestModule().memory(1),
                        new TestModule().table(MANY),
                        new TestModule().memory(0).data(0, "outside of the memory"),
                        new TestModule().global(1));
        for (TestModule module : modules) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> instance(module)).isInstanceOf(InterruptedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Bulk.class,
            names = {"MEMORY_FILL", "MEMORY_COPY", "MEMORY_INIT", "TABLE_COPY", "TABLE_INIT"})
    void bulkWorkOutsideOfBoundsIsATrapThatSaysSo(Bulk bulk) throws Exception {
        String kind = bulk.name().startsWith("MEMORY") ? "memory" : "table";
        int most = Integer.MAX_VALUE;
        int[][] wrong = {{0, 0, most}, {0, 0, -1}, {-1, 0, 2}, {1 << 20, 0, 1}, {-most, 0, 9}};
        for (int[] operands : wrong) {
            WasmInstance instance = instance(bulk.code(operands));

            assertThatThrownBy(() -> instance.call("f"))
                    .as(Arrays.toString(operands))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("the guest trapped: out of bounds " + kind + " access");
        }
    }

    @Test
    void fillingATableOutsideOfBoundsIsATrapThatSaysSo() throws Exception {
        for (int[] operands : new int[][] {{0, -1}, {0, Integer.MAX_VALUE}, {-1, 1}, {MANY, 1}}) {
            WasmInstance instance = instance(Bulk.TABLE_FILL.code(operands));

            assertThatThrownBy(() -> instance.call("f"))
                    .as(Arrays.toString(operands))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("the guest trapped: out of bounds table access");
        }
    }

    @Test
    void copiesToAPlaceThatTheSourceTableDoesNotHave() throws Exception {
        Code copy = code().i32(90).i32(0).i32(10).op(0xfc, 0x0e, 1, 0).i32(7);
        byte[] module = new TestModule().table(10).table(100).exported("f", 0, 1, 0, copy).bytes();

        long[] result =
                engine().load(module)
                        .instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED)
                        .call("f");

        assertThat((int) result[0]).isEqualTo(7);
    }

    /** Larger than what is done between two looks at the flag, in both directions. */
    @Test
    void slicesDoNotShow() throws Exception {
        int bytes = (5 << 20) + 77;
        byte[] module =
                new TestModule()
                        .memory(120)
                        .exported("fill", 3, 0, 0, code().get(0).get(1).get(2).memoryFill())
                        .exported("copy", 3, 0, 0, code().get(0).get(1).get(2).memoryCopy())
                        .bytes();
        WasmInstance instance =
                engine().load(module)
                        .instantiate(
                                List.of(),
                                new InstanceLimits(16 << 20, 0, 10),
                                MemoryReserve.UNLIMITED);
        byte[] expected = new byte[120 * 65536];
        new Random(4).nextBytes(expected);
        instance.memory().write(0, expected);

        for (int[] copy : new int[][] {{5, 100_000}, {100_000, 5}, {2_000_000, 1}, {3, 3}}) {
            instance.call("copy", copy[0], copy[1], bytes);
            System.arraycopy(expected, copy[1], expected, copy[0], bytes);
        }
        instance.call("fill", 1_234_567, 9, (3 << 20) + 1);
        Arrays.fill(expected, 1_234_567, 1_234_567 + (3 << 20) + 1, (byte) 9);

        assertThat(instance.memory().read(0, expected.length)).isEqualTo(expected);
    }

    private static void assertInterrupted(WasmInstance instance) {
        assertThatThrownBy(() -> instance.call("f"))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("the guest was interrupted");
    }

    private WasmInstance instance(Code body) throws InterruptedException {
        return instance(
                new TestModule()
                        .importFunction("env", "interrupt", 0, 0)
                        .memory(1)
                        .table(MANY)
                        .item(9, join(bytes(1, 0), leb(MANY), new byte[MANY]))
                        .passiveData(new byte[MANY])
                        .exported("f", 0, 0, 1, body));
    }

    private WasmInstance instance(TestModule module) throws InterruptedException {
        return engine().load(module.bytes())
                .instantiate(List.of(INTERRUPT), LIMITS, MemoryReserve.UNLIMITED);
    }
}
