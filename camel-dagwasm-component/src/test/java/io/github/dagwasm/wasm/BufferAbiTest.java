package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.spi.TextProcessor;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferAbiTest extends GuestAbiContract {

    @Override
    String abi() {
        return "buffer";
    }

    @Override
    TestModule echoing(Code first) {
        return BufferModules.guest("", code().then(first).then(BufferModules.input()));
    }

    @Override
    int functions() {
        return BufferModules.FIRST_OWN;
    }

    @Override
    byte[] appending(String suffix) {
        return BufferModules.append(suffix);
    }

    @Override
    byte[] hoarding() {
        Code keep = code().globalGet(1).eqz().if_().get(0).globalSet(1).get(1).globalSet(2).end();
        Code answer = BufferModules.answer(code().globalGet(1), code().globalGet(2));
        return BufferModules.guest("", keep.then(answer)).global(0).global(0).bytes();
    }

    @Override
    Map<String, Failing> failures() {
        return Map.of(
                NULL_RESULT,
                new Failing(
                        () -> answering(code().i32(0), code().i32(0)),
                        "process returned a null pointer"),
                "no length",
                new Failing(
                        () -> BufferModules.guest("", code().i32(64)).bytes(),
                        "process returned pointer 64 and wrote no length of the text"));
    }

    @Override
    Set<String> lacks() {
        return Set.of(GUEST_ERROR);
    }

    @Override
    String outputExceeded() {
        return "the limit of 10 output bytes is exceeded: 11 asked for (option"
                + " limits.output_bytes)";
    }

    private static byte[] answering(Code pointer, Code length) {
        return BufferModules.guest("", BufferModules.answer(pointer, length)).bytes();
    }

    @ParameterizedTest
    @CsvSource({
        "65536, 1",
        "65537, 0",
        "16, 65521",
        "1, -2",
        "-1, 1",
        "-1, -2",
        "2147483647, 2147483647",
        "-2147483648, -2147483648",
    })
    void blamesTheGuestForATextThatIsNotInItsMemory(int pointer, int length) {
        byte[] module = answering(code().i32(pointer), code().i32(length));

        assertThatThrownBy(() -> answer(processor(module), "text"))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(
                        "process returned pointer "
                                + Integer.toUnsignedString(pointer)
                                + " and length "
                                + Integer.toUnsignedString(length)
                                + ", which do not fit into the memory of 65536 bytes");
    }

    @Test
    void theLastByteOfTheMemoryIsStillInIt() throws Exception {
        assertThat(answer(processor(answering(code().i32(65535), code().i32(1))), "text"))
                .isEqualTo("\0");
        assertThat(answer(processor(answering(code().i32(65536), code().i32(0))), "text"))
                .isEmpty();
    }

    @Test
    void anAnswerOverTheLimitIsNotCopied() {
        byte[] module = answering(code().i32(1), code().i32(65_535));
        TextProcessor processor =
                processor(module, Map.of("limits", Calls.block("output_bytes", 65_534)), Map.of());

        assertThatThrownBy(() -> answer(processor, "text"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 65534 output bytes is exceeded: 65535 asked for (option"
                                + " limits.output_bytes)");
    }

    @Test
    void blamesTheGuestForAnOutputThatIsNotUtf8() {
        byte[] module =
                BufferModules.guest("", BufferModules.answer(code().i32(LOGGED), code().i32(2)))
                        .data(LOGGED, TestModule.bytes('a', 0xff))
                        .bytes();

        assertThatThrownBy(() -> answer(processor(module), ""))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage("the guest's output is not UTF-8: malformed UTF-8 at byte 1 (0xff)");
    }

    /** Answers with its input where all is well, and traps where not. */
    private static byte[] checking(Code holds) {
        Code check = code().then(holds).eqz().if_().unreachable().end();
        return BufferModules.guest("", check.then(BufferModules.input())).bytes();
    }

    @Test
    void theLengthLiesWhereAnyAllocatorsBlockIsAligned() throws Exception {
        Code rest = code().get(2).i32(3).op(0x71); // i32.and
        TextProcessor processor = processor(checking(rest.eqz()));

        for (String text : new String[] {"", "1", "12", "123", "1234", "12345"}) {
            assertThat(answer(processor, text)).isEqualTo(text);
        }
    }

    @Test
    void theInputHasAnAllocationOfItsVerySize() throws Exception {
        Code allocate = code().get(0).globalSet(1);
        byte[] module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .global(TestModules.HEAP)
                        .global(0)
                        .global(0)
                        .exported("allocate", 1, 1, 1, allocate.then(TestModules.allocate()))
                        .exported("deallocate", 2, 0, 0, code())
                        .exported(
                                "process",
                                3,
                                1,
                                0,
                                code().globalGet(1)
                                        .get(1)
                                        .op(0x47) // i32.ne
                                        .if_()
                                        .unreachable()
                                        .end()
                                        .then(BufferModules.input()))
                        .bytes();

        assertThat(answer(processor(module), "fourteen bytes")).isEqualTo("fourteen bytes");
        assertThat(answer(processor(module), "1")).isEqualTo("1");
    }

    @Test
    void theEmptyTextComesWithAPointerAllTheSame() throws Exception {
        Code allocate = code().get(0).eqz().if_().i32(0).return_().end();
        byte[] module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .global(TestModules.HEAP)
                        .exported("allocate", 1, 1, 1, allocate.then(TestModules.allocate()))
                        .exported("deallocate", 2, 0, 0, code())
                        .exported("process", 3, 1, 0, BufferModules.input())
                        .bytes();

        assertThat(answer(processor(module), "")).isEmpty();
    }

    @Test
    void blamesAnAllocatorThatHasOnePlaceForAll() throws Exception {
        byte[] module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("allocate", 1, 1, 0, code().i32(66))
                        .exported("deallocate", 2, 0, 0, code())
                        .exported("process", 3, 1, 0, BufferModules.input())
                        .bytes();
        TextProcessor processor = processor(module);

        // The length is at 68, which two bytes do not reach.
        assertThat(answer(processor, "12")).isEqualTo("12");
        assertThatThrownBy(() -> answer(processor, "123"))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(
                        "allocate returned pointer 66 for the text, where memory for its length was"
                                + " taken before");
    }

    @Test
    void takesMemoryForTheLengthAtEachCallWhereItCouldNotWarmUp() throws Exception {
        // Traps until an allocation of a size that only a text has: 9 bytes.
        Code allocate = code().globalGet(1).eqz().if_().get(0).i32(9).op(0x47).if_();
        allocate.unreachable().end().i32(1).globalSet(1).end();
        byte[] module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .global(TestModules.HEAP)
                        .global(0)
                        .exported("allocate", 1, 1, 1, allocate.then(TestModules.allocate()))
                        .exported("deallocate", 2, 0, 0, code())
                        .exported("process", 3, 1, 0, BufferModules.input())
                        .bytes();
        TextProcessor processor = processor(module);

        assertThat(answer(processor, "123456789")).isEqualTo("123456789");
        assertThat(answer(processor, "987654321")).isEqualTo("987654321");
    }

    /** Its cstring functions trap, so that an answer comes from the others. */
    private static TestModule withBoth(String suffix) {
        return BufferModules.allocating("")
                .exported("process", 1, 1, 0, code().unreachable())
                .exported("process" + suffix, 3, 1, 0, BufferModules.input())
                .exported("shout", 1, 1, 0, code().unreachable())
                .exported("shout" + suffix, 3, 1, 0, BufferModules.input());
    }

    @Test
    void isPreferredWhereTheModuleHasBoth() throws Exception {
        byte[] module = withBoth("_with_length").bytes();

        assertThat(answer(processor(module), "a\0b")).isEqualTo("a\0b");
        assertThat(answer(processor(module, Map.of(), Map.of("function", "shout")), "a\0b"))
                .isEqualTo("a\0b");
    }

    @Test
    void isNotUsedWhereTheOtherIsNamedOrTheNameIsAnother() {
        byte[] module = withBoth("_with_length").bytes();
        TextProcessor named = processor(module, Map.of(), Map.of("abi", "cstring"));
        TextProcessor only = processor(withBoth("_with_size").bytes());

        for (TextProcessor cstring : new TextProcessor[] {named, only}) {
            assertThatThrownBy(() -> answer(cstring, "text"))
                    .hasMessage("the guest trapped: Trapped on unreachable instruction");
        }
    }

    @Test
    void speaksToAGuestWithMallocAndFree() throws Exception {
        byte[] module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .global(TestModules.HEAP)
                        .exported("malloc", 1, 1, 1, TestModules.allocate())
                        .exported("free", 1, 0, 0, code())
                        .exported("process", 3, 1, 0, BufferModules.input())
                        .bytes();

        assertThat(answer(processor(module), "hey")).isEqualTo("hey");
    }
}
