package io.github.dagwasm.wasm.engine;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.leb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where every engine lets a guest load and store: at the sum of address and offset, which has 33
 * bits, and nowhere outside of the memory, whatever wraps to a place inside.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WasmAccessContract {

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 100, 100);
    private static final int END = 65536;
    private static final long TOP = 1L << 31;
    private static final long WRAP = 1L << 32;
    private static final int STORED = 0x5a;

    private static final long[] BASES = {
        0,
        1,
        END - 8,
        END - 7,
        END - 4,
        END - 3,
        END - 2,
        END - 1,
        END,
        END + 1,
        TOP - 8,
        TOP - 1,
        TOP,
        TOP + 1,
        WRAP - END,
        WRAP - 8,
        WRAP - 2,
        WRAP - 1
    };
    private static final long[] OFFSETS = {
        0,
        1,
        7,
        END - 8,
        END - 1,
        END,
        END + 1,
        TOP - 2,
        TOP - 1,
        TOP,
        TOP + 1,
        WRAP - END,
        WRAP - 1
    };

    private WasmInstance instance;

    /**
     * The engine to be held to the contract.
     *
     * @return an engine
     */
    protected abstract WasmEngine engine();

    /**
     * An instruction that loads or stores.
     *
     * @param name its name
     * @param opcode its number
     * @param width how many bytes it touches
     * @param beside what makes a number of 32 bits of what was loaded, or what is to be stored
     */
    record Access(String name, int opcode, int width, Code beside) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Access> loads() {
        return List.of(
                new Access("i32.load", 0x28, 4, code()),
                new Access("i64.load", 0x29, 8, wrap()),
                new Access("f32.load", 0x2a, 4, code().op(0xbc)),
                new Access("f64.load", 0x2b, 8, code().op(0xbd).then(wrap())),
                new Access("i32.load8_s", 0x2c, 1, code()),
                new Access("i32.load8_u", 0x2d, 1, code()),
                new Access("i32.load16_s", 0x2e, 2, code()),
                new Access("i32.load16_u", 0x2f, 2, code()),
                new Access("i64.load8_s", 0x30, 1, wrap()),
                new Access("i64.load8_u", 0x31, 1, wrap()),
                new Access("i64.load16_s", 0x32, 2, wrap()),
                new Access("i64.load16_u", 0x33, 2, wrap()),
                new Access("i64.load32_s", 0x34, 4, wrap()),
                new Access("i64.load32_u", 0x35, 4, wrap()));
    }

    static List<Access> stores() {
        return List.of(
                new Access("i32.store", 0x36, 4, i32()),
                new Access("i64.store", 0x37, 8, i64()),
                new Access("f32.store", 0x38, 4, i32().op(0xbe)),
                new Access("f64.store", 0x39, 8, i64().op(0xbf)),
                new Access("i32.store8", 0x3a, 1, i32()),
                new Access("i32.store16", 0x3b, 2, i32()),
                new Access("i64.store8", 0x3c, 1, i64()),
                new Access("i64.store16", 0x3d, 2, i64()),
                new Access("i64.store32", 0x3e, 4, i64()));
    }

    private static Code wrap() {
        return code().op(0xa7);
    }

    private static Code i32() {
        return code().i32(0x5a5a5a5a);
    }

    private static Code i64() {
        return code().i64(0x5a5a5a5a5a5a5a5aL);
    }

    @BeforeAll
    void load() throws Exception {
        TestModule module = new TestModule().memory(1);
        for (long offset : OFFSETS) {
            for (Access load : loads()) {
                Code code = access(code().get(0), load.opcode, offset).then(load.beside);
                module.exported(load + " at " + offset, 1, 1, 0, code);
            }
            for (Access store : stores()) {
                Code code = access(code().get(0).then(store.beside), store.opcode, offset);
                module.exported(store + " to " + offset, 1, 0, 0, code);
            }
        }
        instance =
                engine().load(module.bytes())
                        .instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);
        instance.memory().write(0, pattern());
    }

    private static Code access(Code operands, int opcode, long offset) {
        operands.op(opcode, 0);
        for (byte b : leb(offset)) {
            operands.op(b);
        }
        return operands;
    }

    /** Bytes of which no float is made that is not a number. */
    private static byte[] pattern() {
        byte[] bytes = new byte[END];
        for (int i = 0; i < END; i++) {
            bytes[i] = (byte) (1 + i % 61);
        }
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("loads")
    void loadsFromNowhereElse(Access load) throws Exception {
        int bytes = Math.min(load.width, 4);
        for (long offset : OFFSETS) {
            String function = load + " at " + offset;
            for (long base : BASES) {
                long address = base + offset;
                if (address + load.width > END) {
                    traps(function, base);
                    continue;
                }
                byte[] pattern = pattern();
                long expected = 0;
                for (int i = bytes - 1; i >= 0; i--) {
                    expected = (expected << 8) | pattern[(int) address + i];
                }
                long loaded = instance.call(function, base)[0];
                assertThat(loaded & ((1L << (8 * bytes)) - 1))
                        .as("%s of %d", function, base)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void storesToNowhereElse(Access store) throws Exception {
        for (long offset : OFFSETS) {
            String function = store + " to " + offset;
            for (long base : BASES) {
                long address = base + offset;
                byte[] expected = pattern();
                if (address + store.width > END) {
                    traps(function, base);
                } else {
                    instance.call(function, base);
                    for (int i = 0; i < store.width; i++) {
                        expected[(int) address + i] = STORED;
                    }
                }
                assertThat(Arrays.equals(instance.memory().read(0, END), expected))
                        .as("%s of %d", function, base)
                        .isTrue();
                instance.memory().write(0, pattern());
            }
        }
    }

    private void traps(String function, long base) {
        assertThatThrownBy(() -> instance.call(function, base))
                .as("%s of %d", function, base)
                .isInstanceOf(TrapException.class)
                .hasMessageStartingWith("the guest trapped: out of bounds memory access");
    }
}
