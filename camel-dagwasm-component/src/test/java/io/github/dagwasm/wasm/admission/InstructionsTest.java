package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static io.github.dagwasm.wasm.TestModule.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.Bombs;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One instruction of each encoding, and what proposal it belongs to. */
class InstructionsTest {

    static Stream<Arguments> supported() {
        return Stream.of(
                of("unreachable", 0x00),
                of("nop", 0x01),
                of("block", 0x02, 0x40, 0x0b),
                of("block with a result", 0x02, 0x7f, 0x0b),
                of("block of a type", Feature.MULTI_VALUE, 0x02, 0, 0x0b),
                of("loop", 0x03, 0x40, 0x0b),
                of("if and else", 0x04, 0x40, 0x05, 0x0b),
                of("throw", Feature.EXCEPTIONS, 0x08, 0),
                of("throw_ref", Feature.EXCEPTIONS, 0x0a),
                of("br", 0x0c, 0),
                of("br_if", 0x0d, 0),
                of("br_table", 0x0e, 2, 0, 0, 0),
                of("return", 0x0f),
                of("call", 0x10, 0),
                of("call_indirect", 0x11, 0, 0),
                of("call_indirect, table 1", Feature.REFERENCE_TYPES, 0x11, 0, 1),
                of("return_call", Feature.TAIL_CALLS, 0x12, 0),
                of("return_call_indirect", Feature.TAIL_CALLS, 0x13, 0, 0),
                of("call_ref", Feature.TYPED_REFERENCES, 0x14, 0),
                of("drop", 0x1a),
                of("select", 0x1b),
                of("select with a type", Feature.REFERENCE_TYPES, 0x1c, 1, 0x7f),
                of(
                        "try_table",
                        Feature.EXCEPTIONS,
                        bytes(0x1f, 0x40, 4, 0, 0, 0, 1, 0, 0, 2, 0, 3, 0, 0x0b)),
                of("local.get", 0x20, 0),
                of("local.set", 0x21, 0),
                of("local.tee", 0x22, 0),
                of("global.get", 0x23, 0),
                of("global.set", 0x24, 0),
                of("table.get", Feature.REFERENCE_TYPES, 0x25, 0),
                of("table.set", Feature.REFERENCE_TYPES, 0x26, 0),
                of("i32.load", 0x28, 2, 0x80, 0x01),
                of("i64.store32", 0x3e, 2, 0),
                of("memory.size", 0x3f, 0),
                of("memory.grow", 0x40, 0),
                of("i32.const", 0x41, 0x80, 0x80, 0x80, 0x80, 0x78),
                of(
                        "i64.const",
                        bytes(0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f)),
                of("f32.const", 0x43, 1, 2, 3, 4),
                of("f64.const", 0x44, 1, 2, 3, 4, 5, 6, 7, 8),
                of("i32.eqz", 0x45),
                of("f64.reinterpret_i64", 0xbf),
                of("i32.extend8_s", Feature.SIGN_EXTENSION, 0xc0),
                of("i64.extend32_s", Feature.SIGN_EXTENSION, 0xc4),
                of("ref.null", Feature.REFERENCE_TYPES, 0xd0, 0x70),
                of("ref.is_null", Feature.REFERENCE_TYPES, 0xd1),
                of("ref.func", Feature.REFERENCE_TYPES, 0xd2, 0),
                of("br_on_null", Feature.TYPED_REFERENCES, 0xd5, 0),
                of("br_on_non_null", Feature.TYPED_REFERENCES, 0xd6, 0),
                of("i32.trunc_sat_f32_s", Feature.SATURATING_CONVERSIONS, 0xfc, 0),
                of("memory.init", Feature.BULK_MEMORY, 0xfc, 8, 0, 0),
                of("data.drop", Feature.BULK_MEMORY, 0xfc, 9, 0),
                of("memory.copy", Feature.BULK_MEMORY, 0xfc, 10, 0, 0),
                of("memory.fill", Feature.BULK_MEMORY, 0xfc, 11, 0),
                of("table.init", Feature.BULK_MEMORY, 0xfc, 12, 0, 0),
                of("elem.drop", Feature.BULK_MEMORY, 0xfc, 13, 0),
                of("table.copy", Feature.BULK_MEMORY, 0xfc, 14, 0, 0),
                of("table.grow", Feature.REFERENCE_TYPES, 0xfc, 15, 0),
                of("table.size", Feature.REFERENCE_TYPES, 0xfc, 16, 0),
                of("table.fill", Feature.REFERENCE_TYPES, 0xfc, 17, 0));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                of("try", Feature.LEGACY_EXCEPTIONS, 0x06, 0x40, 0x0b),
                of("catch", Feature.LEGACY_EXCEPTIONS, 0x07, 0),
                of("rethrow", Feature.LEGACY_EXCEPTIONS, 0x09, 0),
                of("delegate", Feature.LEGACY_EXCEPTIONS, 0x18, 0),
                of("catch_all", Feature.LEGACY_EXCEPTIONS, 0x19),
                of("ref.eq", Feature.GARBAGE_COLLECTION, 0xd3),
                of("cont.new", Feature.STACK_SWITCHING, 0xe0, 0),
                of("struct.new", Feature.GARBAGE_COLLECTION, 0xfb, 0, 0),
                of("ref.i31", Feature.GARBAGE_COLLECTION, 0xfb, 0x1c),
                of("string.const", Feature.STRING_REFERENCES, 0xfb, 0x82, 0x01, 0),
                of("v128.load", Feature.SIMD, 0xfd, 0, 4, 0),
                of("v128.const", Feature.SIMD, join(bytes(0xfd, 12), new byte[16])),
                of("i8x16.shuffle", Feature.SIMD, join(bytes(0xfd, 13), new byte[16])),
                of("i8x16.extract_lane_s", Feature.SIMD, 0xfd, 21, 0),
                of("v128.load8_lane", Feature.SIMD, 0xfd, 84, 0, 0, 0),
                of("f64x2.add", Feature.SIMD, 0xfd, 0xf0, 0x01),
                of("i8x16.relaxed_swizzle", Feature.RELAXED_SIMD, 0xfd, 0x80, 0x02),
                of("memory.atomic.notify", Feature.THREADS, 0xfe, 0, 2, 0),
                of("atomic.fence", Feature.THREADS, 0xfe, 3, 0),
                of("i64.atomic.rmw32.cmpxchg_u", Feature.THREADS, 0xfe, 0x4e, 2, 0),
                of("i32.load, memory 1", Feature.MULTI_MEMORY, 0x28, 0x42, 1, 0),
                of("memory.size, memory 1", Feature.MULTI_MEMORY, 0x3f, 1),
                of("memory.copy, memory 1", Feature.MULTI_MEMORY, 0xfc, 10, 0, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("supported")
    void readsInstructions(String name, Feature feature, byte[] instruction) {
        ModuleFacts facts = scan(instruction);

        if (feature == null) {
            assertThat(facts.features()).isEmpty();
        } else {
            assertThat(facts.features()).contains(feature);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesProposalsByName(String name, Feature feature, byte[] instruction) {
        assertThatThrownBy(() -> scan(instruction))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(feature.refusal("a function body"));
    }

    @Test
    void readsOnBehindVectorsAndAtomicInstructions() {
        byte[] instructions =
                join(
                        bytes(0xfd, 0, 4, 0),
                        join(bytes(0xfd, 12), new byte[16]),
                        bytes(0xfd, 21, 0),
                        bytes(0xfd, 84, 0, 0, 0),
                        bytes(0xfd, 0xf0, 1),
                        bytes(0xfe, 3, 0),
                        bytes(0xfe, 0x10, 2, 0));

        Examination examination =
                Admission.examine(
                        Bombs.code(instructions), Budgets.DEFAULTS, GuestLimits.DEFAULTS, Map.of());

        assertThat(examination.whole()).isTrue();
        assertThat(examination.refusals())
                .containsExactly(
                        Feature.SIMD.refusal("a function body"),
                        Feature.THREADS.refusal("a function body"));
    }

    static IntStream unassigned() {
        return IntStream.of(0x16, 0x17, 0x1d, 0x1e, 0x27, 0xc5, 0xcf, 0xd7, 0xdf, 0xe7, 0xfa, 0xff);
    }

    @ParameterizedTest
    @MethodSource("unassigned")
    void refusesBytesThatAreNoInstruction(int opcode) {
        assertThatThrownBy(() -> scan(bytes(opcode)))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        String.format(
                                "it is malformed: no instruction 0x%02x in a function body, at byte"
                                        + " 23",
                                opcode));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xfc, 0xfd, 0xfe})
    void refusesNumbersThatAreNoInstruction(int prefix) {
        assertThatThrownBy(() -> scan(join(bytes(prefix), leb(500))))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        String.format(
                                "it is malformed: no instruction 0x%02x 500 in a function body, at"
                                        + " byte 23",
                                prefix));
    }

    @Test
    void refusesNumbersThatAreTooLong() {
        assertThatThrownBy(() -> scan(bytes(0x41, 0x80, 0x80, 0x80, 0x80, 0x08)))
                .hasMessage(
                        "it is malformed: a number of more than 32 bits in a function body, at byte"
                                + " 24");
        assertThatThrownBy(() -> scan(join(bytes(0x42), Bombs.repeated(9, 0x80), bytes(0x01))))
                .hasMessage(
                        "it is malformed: a number of more than 64 bits in a function body, at byte"
                                + " 24");
    }

    @Test
    void refusesBranchesOutOfTheFunction() {
        assertThatThrownBy(() -> scan(bytes(0x0c, 1)))
                .hasMessage(
                        "it is malformed: no block to branch to (1) in a function body, at byte"
                                + " 25");
    }

    @Test
    void refusesBodiesWithoutAnEndAndBehindIt() {
        assertThatThrownBy(() -> scan(bytes(0x02, 0x40)))
                .hasMessage("it is truncated or malformed: a function body ends early, at byte 26");
        assertThatThrownBy(() -> scan(bytes(0x0b)))
                .hasMessage("it is malformed: 1 bytes too many in a function body, at byte 24");
    }

    @Test
    void refusesBodiesThatAreNotDeclared() {
        byte[] header = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
        byte[] types = section(1, bytes(1, 0x60, 0, 0));
        byte[] two = section(3, bytes(2, 0, 0));

        assertThatThrownBy(() -> admit(join(header, types, two)))
                .hasMessage("it is malformed: it has no code section, and 2 functions");
        assertThatThrownBy(() -> admit(join(header, types, two, section(10, bytes(1, 2, 0, 0x0b)))))
                .hasMessage(
                        "it is malformed: 1 bodies, but the function section has 2 functions in the"
                                + " code section, at byte 22");
    }

    private static Arguments of(String name, int... instruction) {
        return Arguments.of(name, null, bytes(instruction));
    }

    private static Arguments of(String name, byte[] instruction) {
        return Arguments.of(name, null, instruction);
    }

    private static Arguments of(String name, Feature feature, int... instruction) {
        return Arguments.of(name, feature, bytes(instruction));
    }

    private static Arguments of(String name, Feature feature, byte[] instruction) {
        return Arguments.of(name, feature, instruction);
    }

    private static ModuleFacts scan(byte[] instructions) {
        return admit(Bombs.code(instructions));
    }

    private static ModuleFacts admit(byte[] module) {
        return Admission.scan(module, Budgets.DEFAULTS, GuestLimits.DEFAULTS, Map.of());
    }
}
