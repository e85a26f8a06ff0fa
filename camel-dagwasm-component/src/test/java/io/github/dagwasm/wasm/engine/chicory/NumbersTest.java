package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers of guests, cold and after the JVM has compiled them: unsigned compares, signs, NaNs, and
 * conversions of unsigned numbers. Each operator is a function that takes and gives bits.
 */
class NumbersTest {

    private static final int I32 = 0x7f;
    private static final int I64 = 0x7e;

    /** So often the JVM has compiled what is called. */
    private static final int WARM = 20_000;

    private static final int FLOAT_NAN = 0x7fc0_0000;
    private static final long DOUBLE_NAN = 0x7ff8_0000_0000_0000L;

    /** NaNs of both signs, quiet and signalling, with payloads; and other numbers. */
    private static final int[] FLOATS = {
        0x7fc0_0000,
        0xffc0_0000,
        0x7fa0_0000,
        0xffa0_0001,
        0x7fff_ffff,
        0xffc1_2345,
        0,
        0x8000_0000,
        0x3f80_0000,
        0xbf80_0000,
        0x7f80_0000,
        0xff80_0000,
        0x4f7f_c000,
    };

    private static final long[] DOUBLES = {
        0x7ff8_0000_0000_0000L,
        0xfff8_0000_0000_0000L,
        0x7ff4_0000_0000_0000L,
        0xfff4_0000_0000_0001L,
        0x7fff_ffff_ffff_ffffL,
        0xfff8_1234_5678_9abcL,
        0,
        Long.MIN_VALUE,
        0x3ff0_0000_0000_0000L,
        0xbff0_0000_0000_0000L,
        0x7ff0_0000_0000_0000L,
        0xfff0_0000_0000_0000L,
        0xc370_0000_0000_0000L,
    };

    private static WasmInstance guest;

    @BeforeAll
    static void loads() throws Exception {
        Operators module = new Operators();
        for (int op = 0x48; op <= 0x4f; op++) {
            module.add(op, I32, code().get(0).get(1).op(op), I32, I32);
        }
        for (int op = 0x53; op <= 0x5a; op++) {
            module.add(op, I32, code().get(0).get(1).op(op), I64, I64);
        }
        for (int op = 0x8b; op <= 0x91; op++) {
            module.add(op, I32, code().get(0).op(0xbe, op, 0xbc), I32);
        }
        for (int op = 0x92; op <= 0x98; op++) {
            module.add(op, I32, code().get(0).op(0xbe).get(1).op(0xbe, op, 0xbc), I32, I32);
        }
        for (int op = 0x99; op <= 0x9f; op++) {
            module.add(op, I64, code().get(0).op(0xbf, op, 0xbd), I64);
        }
        for (int op = 0xa0; op <= 0xa6; op++) {
            module.add(op, I64, code().get(0).op(0xbf).get(1).op(0xbf, op, 0xbd), I64, I64);
        }
        module.add(0xb5, I32, code().get(0).op(0xb5, 0xbc), I64);
        module.add(0xb6, I32, code().get(0).op(0xbf, 0xb6, 0xbc), I64);
        module.add(0xba, I64, code().get(0).op(0xba, 0xbd), I64);
        module.add(0xbb, I64, code().get(0).op(0xbe, 0xbb, 0xbd), I32);
        guest =
                new ChicoryEngine()
                        .load(module.bytes())
                        .instantiate(
                                List.of(),
                                new InstanceLimits(1 << 20, 100, 100),
                                MemoryReserve.UNLIMITED);
    }

    private static final class Operators {

        private final TestModule module = new TestModule();
        private int functions;

        void add(int opcode, int result, Code body, int... parameters) {
            byte[] type = TestModule.bytes(0x60, parameters.length);
            type = TestModule.join(type, TestModule.bytes(parameters), TestModule.bytes(1, result));
            module.item(3, TestModule.leb(module.rawType(type)));
            byte[] code = TestModule.join(TestModule.leb(0), body.end().bytes());
            module.item(10, TestModule.join(TestModule.leb(code.length), code));
            byte[] export = TestModule.bytes(0, functions);
            module.item(7, TestModule.join(TestModule.name(name(opcode)), export));
            functions++;
        }

        byte[] bytes() {
            return module.bytes();
        }
    }

    private static String name(int opcode) {
        return "op" + opcode;
    }

    private static long result(int opcode, long... arguments) throws Exception {
        return guest.call(name(opcode), arguments)[0];
    }

    @Test
    void unsignedNumbersAreComparedAtTheirBordersAndByChance() throws Exception {
        Random random = new Random(1);
        long[] borders =
                LongStream.of(0, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, Long.MAX_VALUE)
                        .flatMap(at -> LongStream.rangeClosed(at - 2, at + 2))
                        .toArray();
        for (int i = 0; i < WARM; i++) {
            long a = i % 2 == 0 ? borders[random.nextInt(borders.length)] : random.nextLong();
            long b = i % 3 == 0 ? borders[random.nextInt(borders.length)] : random.nextLong();
            requireCompared(0x49, Integer.compareUnsigned((int) a, (int) b), a, b);
            requireCompared(0x54, Long.compareUnsigned(a, b), a, b);
        }
    }

    /** The unsigned ones stand beside the signed: lt, gt, le, ge. */
    private static void requireCompared(int first, int compared, long a, long b) throws Exception {
        boolean[] expected = {compared < 0, compared > 0, compared <= 0, compared >= 0};
        for (int i = 0; i < expected.length; i++) {
            assertThat(result(first + 2 * i, a, b))
                    .as("%x %d %d", first + 2 * i, a, b)
                    .isEqualTo(expected[i] ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97})
    void whatComputesAnF32GivesTheCanonicalNaN(int opcode) throws Exception {
        for (int i = 0; i < WARM; i++) {
            int a = FLOATS[i % FLOATS.length];
            int b = FLOATS[i / FLOATS.length % FLOATS.length];
            int bits = (int) (opcode < 0x92 ? result(opcode, a) : result(opcode, a, b));
            boolean computes = Float.isNaN(Float.intBitsToFloat(bits));
            assertThat(bits).isEqualTo(computes ? FLOAT_NAN : bits);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5})
    void whatComputesAnF64GivesTheCanonicalNaN(int opcode) throws Exception {
        for (int i = 0; i < WARM; i++) {
            long a = DOUBLES[i % DOUBLES.length];
            long b = DOUBLES[i / DOUBLES.length % DOUBLES.length];
            long bits = opcode < 0xa0 ? result(opcode, a) : result(opcode, a, b);
            boolean computes = Double.isNaN(Double.longBitsToDouble(bits));
            assertThat(bits).isEqualTo(computes ? DOUBLE_NAN : bits);
        }
    }

    @Test
    void whatChangesTheWidthOfANaNGivesTheCanonicalOne() throws Exception {
        for (int i = 0; i < WARM; i++) {
            assertThat((int) result(0xb6, DOUBLES[i % 6])).isEqualTo(FLOAT_NAN);
            assertThat(result(0xbb, FLOATS[i % 6])).isEqualTo(DOUBLE_NAN);
        }
    }

    @Test
    void theSignOfAnF32ChangesAndNoOtherBit() throws Exception {
        for (int i = 0; i < WARM; i++) {
            int a = FLOATS[i % FLOATS.length];
            int b = FLOATS[i / FLOATS.length % FLOATS.length];
            assertThat((int) result(0x8b, a)).isEqualTo(a & Integer.MAX_VALUE);
            assertThat((int) result(0x8c, a)).isEqualTo(a ^ Integer.MIN_VALUE);
            assertThat((int) result(0x98, a, b))
                    .isEqualTo((a & Integer.MAX_VALUE) | (b & Integer.MIN_VALUE));
        }
    }

    @Test
    void theSignOfAnF64ChangesAndNoOtherBit() throws Exception {
        for (int i = 0; i < WARM; i++) {
            long a = DOUBLES[i % DOUBLES.length];
            long b = DOUBLES[i / DOUBLES.length % DOUBLES.length];
            assertThat(result(0x99, a)).isEqualTo(a & Long.MAX_VALUE);
            assertThat(result(0x9a, a)).isEqualTo(a ^ Long.MIN_VALUE);
            assertThat(result(0xa6, a, b)).isEqualTo((a & Long.MAX_VALUE) | (b & Long.MIN_VALUE));
        }
    }

    @Test
    void anUnsignedI64IsRoundedToTheNearestFloat() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < WARM; i++) {
            long x = i % 2 == 0 ? random.nextLong() : Long.MIN_VALUE + random.nextInt(1 << 20);
            BigDecimal exact = new BigDecimal(new BigInteger(Long.toUnsignedString(x)));
            assertThat((int) result(0xb5, x)).isEqualTo(Float.floatToIntBits(exact.floatValue()));
            assertThat(result(0xba, x)).isEqualTo(Double.doubleToLongBits(exact.doubleValue()));
        }
    }
}
