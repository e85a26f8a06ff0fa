package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.AssemblyScriptModules.answering;
import static io.github.dagwasm.wasm.AssemblyScriptModules.string;
import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.TextProcessor;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssemblyScriptAbiTest extends GuestAbiContract {

    @Override
    String abi() {
        return "assemblyscript";
    }

    @Override
    TestModule echoing(Code first) {
        return AssemblyScriptModules.guest(code().then(first).get(0));
    }

    @Override
    int functions() {
        return AssemblyScriptModules.FIRST_OWN;
    }

    @Override
    byte[] appending(String suffix) {
        return AssemblyScriptModules.append(suffix);
    }

    @Override
    byte[] hoarding() {
        return AssemblyScriptModules.guest(AbiGuests.firstPointer()).global(0).bytes();
    }

    @Override
    Map<String, Failing> failures() {
        return Map.of(
                NULL_RESULT,
                new Failing(
                        () -> AssemblyScriptModules.guest(code().i32(0)).bytes(),
                        "process returned a null pointer"),
                GUEST_ERROR,
                new Failing(
                        () ->
                                AssemblyScriptModules.aborting(
                                                AssemblyScriptModules.abort(
                                                        LOGGED + 4, LOGGED + 104, 12, 5))
                                        .data(LOGGED, string("index out of range"))
                                        .data(LOGGED + 100, string("assembly/index.ts"))
                                        .bytes(),
                        "the guest aborted: guest: index out of range (assembly/index.ts:12:5)"));
    }

    @Override
    Set<String> lacks() {
        return Set.of();
    }

    @Override
    String outputExceeded() {
        return "the limit of 10 output bytes is exceeded (option limits.output_bytes)";
    }

    @Test
    void countsItsOutputInUtf8() {
        TextProcessor processor =
                processor(echo(), Map.of("limits", Calls.block("output_bytes", 10)), Map.of());

        for (String text : new String[] {"€€€€", "äääää1ä", "\ud83c\udf0d".repeat(3)}) {
            assertThatThrownBy(() -> answer(processor, text))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessage(
                            "the limit of 10 output bytes is exceeded: "
                                    + text.getBytes(UTF_8).length
                                    + " asked for (option limits.output_bytes)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'d800', 0, D800",
        "'dfff', 0, DFFF",
        "'0061 0062 dc00', 2, DC00",
        "'0061 d800 0062', 1, D800",
        "'d83c df0d d83c', 2, D83C",
        "'d83c d83c df0d', 0, D83C",
        "'df0d d83c', 0, DF0D",
    })
    void blamesTheGuestForAnUnpairedSurrogate(String units, int at, String unit) {
        StringBuilder text = new StringBuilder();
        for (String each : units.split(" ", -1)) {
            text.append((char) Integer.parseInt(each, 16));
        }

        blamed(
                answering(string(text.toString())),
                "the guest's output is not UTF-16: unpaired surrogate at character "
                        + at
                        + " (U+"
                        + unit
                        + ")");
    }

    @Test
    void blamesTheGuestForHalfAUnit() {
        blamed(
                answering(string(3, (byte) 'a', (byte) 0, (byte) 'b')),
                "process returned pointer 2052, whose string of 3 bytes is no UTF-16: that takes"
                        + " two bytes for each unit");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, -1, Integer.MIN_VALUE, 65_537})
    void blamesTheGuestForAPointerWithoutALength(int pointer) {
        blamed(
                AssemblyScriptModules.guest(code().i32(pointer)).bytes(),
                "process returned pointer "
                        + Integer.toUnsignedString(pointer)
                        + ", before which no length of a string lies in the memory of 65536"
                        + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, 65_536, 63_486})
    void blamesTheGuestForALengthBeyondItsMemory(int size) {
        blamed(
                answering(string(size)),
                "process returned pointer 2052, whose string of "
                        + Integer.toUnsignedString(size)
                        + " bytes does not fit into the memory of 65536 bytes");
    }

    @Test
    void theStringMayEndWhereTheMemoryEnds() throws Exception {
        assertThat(answer(processor(answering(string(65_536 - 2052))), "text"))
                .hasSize((65_536 - 2052) / 2);
        assertThat(answer(processor(AssemblyScriptModules.guest(code().i32(65_536)).bytes()), ""))
                .isEmpty();
    }

    private void blamed(byte[] module, String message) {
        assertThatThrownBy(() -> answer(processor(module), "text"))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(message);
    }

    private static byte[] allocating(int pointer) {
        return new TestModule()
                .memory(1)
                .exportMemory("memory")
                .exported("__new", 2, 1, 0, code().i32(pointer))
                .exported("__pin", 1, 1, 0, code().get(0))
                .exported("__unpin", 1, 0, 0, code())
                .exported("process", 1, 1, 0, code().get(0))
                .bytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 65_529})
    void blamesTheGuestForABadAllocation(int pointer) {
        blamed(
                allocating(pointer),
                "__new(8, 2) returned pointer "
                        + Integer.toUnsignedString(pointer)
                        + ", where that many bytes do not fit into the memory of 65536 bytes");
    }

    @Test
    void blamesTheGuestForNoAllocation() {
        blamed(allocating(0), "__new(8, 2) returned a null pointer");
    }

    @Test
    void pinsItsArgument() throws Exception {
        // Traps unless what it is given was pinned.
        Code check = code().globalGet(0).get(0).op(0x47).if_().unreachable().end().get(0);
        byte[] module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .global(0)
                        .exported("__new", 2, 1, 0, code().i32(64).get(0).op(0x36, 0, 0).i32(68))
                        .exported("__pin", 1, 1, 0, code().get(0).globalSet(0).get(0))
                        .exported("__unpin", 1, 0, 0, code().i32(0).globalSet(0))
                        .exported("process", 1, 1, 0, check)
                        .bytes();

        assertThat(answer(processor(module), "pinned")).isEqualTo("pinned");
    }

    private static byte[] withAllocator() {
        return AssemblyScriptModules.guest(code().get(0))
                .exported("allocate", 1, 1, 1, TestModules.allocate())
                .exported("deallocate", 2, 0, 0, code())
                .bytes();
    }

    @Test
    void isOneOfTwoWhereTheModuleHasAnAllocatorToo() throws Exception {
        assertThatThrownBy(() -> processor(withAllocator()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "processor 'append' (guest.wasm): it can be called as cstring or as"
                                + " assemblyscript; say which with option abi");
        for (String abi : new String[] {"cstring", "assemblyscript"}) {
            assertThat(answer(processor(withAllocator(), Map.of(), Map.of("abi", abi)), "ä€"))
                    .isEqualTo("ä€");
        }
    }

    @Test
    void aBuildWithoutItsRuntimeIsToldWhatToDo() {
        byte[] module =
                new TestModule()
                        .importFunction("env", "abort", 4, 0)
                        .memory(1)
                        .exportMemory("memory")
                        .exported("process", 1, 1, 0, code().get(0))
                        .bytes();

        assertThatThrownBy(() -> processor(module, Map.of(), Map.of("abi", "assemblyscript")))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "processor 'append' (guest.wasm): it looks like AssemblyScript that was"
                                + " built without its runtime (it imports env.abort and exports no"
                                + " '__new'), so no text can be handed to it; build it with: asc"
                                + " ... --exportRuntime");
    }

    @Test
    void withoutARuntimeButWithAnAllocatorItIsAnotherConvention() throws Exception {
        byte[] module =
                new TestModule()
                        .importFunction("env", "abort", 4, 0)
                        .memory(1)
                        .exportMemory("memory")
                        .global(TestModules.HEAP)
                        .exported("allocate", 1, 1, 1, TestModules.allocate())
                        .exported("deallocate", 2, 0, 0, code())
                        .exported("process", 1, 1, 0, code().get(0))
                        .bytes();

        assertThat(answer(processor(module), "text")).isEqualTo("text");
    }
}
