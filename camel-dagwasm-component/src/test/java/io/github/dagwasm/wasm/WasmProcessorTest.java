package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.block;
import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WasmProcessorTest {

    @TempDir Path folder;

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    @Test
    void handsTheTextToTheGuestAndReturnsItsAnswer() throws Exception {
        ProcessorResult result = processor(TestModules.append("-wasm")).process(with("hëllo 🌍"));

        assertThat(result.text().string()).isEqualTo("hëllo 🌍-wasm");
        assertThat(result.metadata())
                .containsExactly(
                        entry("module_path", "guest.wasm"),
                        entry("input_length", "11"),
                        entry("output_length", "16"));
    }

    @Test
    void handsOverTheEmptyText() throws Exception {
        assertThat(processor(TestModules.echo()).process(with("")).text().string()).isEmpty();
    }

    @Test
    void growsTheGuestsMemoryForALongText() throws Exception {
        String text = "long ".repeat(200_000);

        assertThat(processor(TestModules.append("!")).process(with(text)).text().string())
                .isEqualTo(text + "!");
    }

    @Test
    void keepsNothingFromOneCallToTheNext() throws Exception {
        // Counts its calls in memory: 'a' at the first, 'b' at the second.
        Code count = code().i32(1000).i32(1000).load8().i32(1).add().store8();
        count.i32(TestModules.TEXT).i32(1000).load8().i32(96).add().store8().i32(TestModules.TEXT);
        TextProcessor counter = processor(TestModules.guest("", count).bytes());

        assertThat(counter.process(with("")).text().string()).isEqualTo("a");
        assertThat(counter.process(with("")).text().string()).isEqualTo("a");
    }

    @Test
    void anAnalyzerKeepsItsInputAndTellsTheOutputAsResult() throws Exception {
        TextProcessor processor =
                processor(TestModules.append("\n\u001b[2J"), Map.of(), Map.of("intent", "analyze"));

        ProcessorResult result = processor.process(with("text"));

        assertThat(processor.intent()).isEqualTo(Intent.ANALYZE);
        assertThat(result.text().string()).isEqualTo("text");
        assertThat(result.metadata())
                .containsExactly(
                        entry("module_path", "guest.wasm"),
                        entry("input_length", "4"),
                        entry("output_length", "9"),
                        entry("result", "text\\u{a}\\u{1b}[2J"));
    }

    @Test
    void callsAnotherFunctionWhereTheOptionNamesOne() throws Exception {
        byte[] module =
                TestModules.guest("", code().unreachable())
                        .exported("shout", 1, 1, 0, code().get(0))
                        .bytes();

        TextProcessor processor = processor(module, Map.of(), Map.of("function", "shout"));

        assertThat(processor.process(with("hey")).text().string()).isEqualTo("hey");
    }

    @Test
    void speaksToAGuestWithMallocAndFree() throws Exception {
        byte[] module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("malloc", 1, 1, 0, code().i32(64))
                        .exported("free", 1, 0, 0, code())
                        .exported("process", 1, 1, 0, code().get(0))
                        .bytes();

        assertThat(processor(module).process(with("hey")).text().string()).isEqualTo("hey");
    }

    @Test
    void initialisesAReactorOnceBeforeItsCall() throws Exception {
        Code initialize = code().i32(1000).i32(1000).load8().i32('A').add().store8();
        byte[] module =
                TestModules.guest("", code().i32(1000))
                        .exported("_initialize", 0, 0, 0, initialize)
                        .bytes();

        assertThat(processor(module).process(with("")).text().string()).isEqualTo("A");
    }

    @Test
    void refusesAnInputOverTheLimit() {
        TextProcessor processor =
                processor(TestModules.echo(), Map.of("limits", block("input_bytes", 4)), Map.of());

        assertThatThrownBy(() -> processor.process(with("12345")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 4 input bytes is exceeded: 5 asked for (option"
                                + " limits.input_bytes)");
    }

    @Test
    void refusesAnInputWithANul() {
        assertThatThrownBy(() -> processor(TestModules.echo()).process(with("ab\0c")))
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("the input has a NUL at byte 2, which abi cstring cannot carry");
    }

    @Test
    void refusesAMalformedInput() {
        Text malformed = Text.ofUtf8(new byte[] {'a', (byte) 0xff});

        assertThatThrownBy(() -> processor(TestModules.echo()).process(with(malformed)))
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("malformed UTF-8 at byte 1 (0xff)");
    }

    @Test
    void acceptsAnOutputOfExactlyTheLimit() throws Exception {
        TextProcessor processor =
                processor(
                        TestModules.letters(10),
                        Map.of("limits", block("output_bytes", 10)),
                        Map.of());

        assertThat(processor.process(with("")).text().string()).isEqualTo("a".repeat(10));
    }

    @Test
    void refusesAnOutputOverTheLimit() {
        TextProcessor processor =
                processor(
                        TestModules.letters(11),
                        Map.of("limits", block("output_bytes", 10)),
                        Map.of());

        assertThatThrownBy(() -> processor.process(with("")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 10 output bytes is exceeded (option "
                                + "limits.output_bytes)");
    }

    @Test
    void blamesTheGuestForAnOutputWithoutEnd() {
        byte[] module = TestModules.letters(65536 - TestModules.TEXT);

        assertThatThrownBy(() -> processor(module).process(with("")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(
                        "process returned pointer 16, and no NUL ends the text before the end of the"
                                + " memory of 65536 bytes");
    }

    @Test
    void blamesTheGuestForAnOutputThatIsNotUtf8() {
        assertThatThrownBy(() -> processor(TestModules.malformedOutput()).process(with("")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage("the guest's output is not UTF-8: malformed UTF-8 at byte 3 (0xff)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, process returned a null pointer",
        "-1, 'process returned pointer 4294967295, outside of the memory of 65536 bytes'",
        "-2147483648, 'process returned pointer 2147483648, outside of the memory of 65536 bytes'",
        "65536, 'process returned pointer 65536, outside of the memory of 65536 bytes'",
    })
    void blamesTheGuestForABadPointer(int pointer, String message) {
        assertThatThrownBy(() -> processor(TestModules.returning(pointer)).process(with("")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, allocate(4) returned a null pointer",
        "-1, 'allocate(4) returned pointer 4294967295, where that many bytes do not fit into the"
                + " memory of 65536 bytes'",
        "-2147483648, 'allocate(4) returned pointer 2147483648, where that many bytes do not fit"
                + " into the memory of 65536 bytes'",
        "65533, 'allocate(4) returned pointer 65533, where that many bytes do not fit into the"
                + " memory of 65536 bytes'",
    })
    void blamesTheGuestForABadAllocation(int pointer, String message) {
        assertThatThrownBy(() -> processor(TestModules.allocating(pointer)).process(with("abc")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(message);
    }

    @Test
    void reportsATrap() {
        assertThatThrownBy(() -> processor(TestModules.trap()).process(with("")))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest trapped: Trapped on unreachable instruction");
    }

    @Test
    void logsAlsoWhatAFailedCallHasSaid() {
        Code lastWords = code().i32(TestModules.TEXT).i32(4).call(TestModules.HOST_LOG);
        TextProcessor processor =
                processor(TestModules.guest("last", lastWords.unreachable()).bytes());
        PrintStream before = System.err;
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        System.setErr(new PrintStream(error, true, UTF_8));
        try {
            assertThatThrownBy(() -> processor.process(with(""))).isInstanceOf(TrapException.class);
        } finally {
            System.setErr(before);
        }

        assertThat(error.toString(UTF_8)).contains("INFO dagwasm.guest.guest - guest: last");
    }

    @Test
    void worksAgainAfterATrap() throws Exception {
        // Traps where the input is not empty.
        Code picky = code().get(0).load8().if_().unreachable().end().get(0);
        TextProcessor processor = processor(TestModules.guest("", picky).bytes());

        assertThatThrownBy(() -> processor.process(with("x"))).isInstanceOf(TrapException.class);
        assertThat(processor.process(with("")).text().string()).isEmpty();
    }

    @Test
    void reportsTooManyOpenCallsAndAnExhaustedStack() throws Exception {
        Path module =
                TestModule.write(folder.resolve("guest.wasm"), TestModules.endlessRecursion());
        TextProcessor modest = create(module, Map.of("limits", block("call_depth", 100)));
        TextProcessor deep = create(module, Map.of("limits", block("call_depth", 1_000_000)));

        assertThatThrownBy(() -> modest.process(with("")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 100 open calls is exceeded: 101 asked for (option"
                                + " limits.call_depth)");
        assertThatThrownBy(() -> deep.process(with("")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 655360 bytes of call stack is exceeded: 655408 asked for"
                                + " (option limits.stack_kb)");
    }

    @Test
    void namesTheMemoryLimitWhereAGuestFailsForWantOfMemory() {
        TextProcessor processor = small(TestModules.endlessGrowth());

        assertThatThrownBy(() -> processor.process(with("")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 1048576 memory bytes is exceeded: 1114112 asked for (option"
                                + " limits.memory_mb)");
    }

    @Test
    void namesTheMemoryLimitWhereTheGuestsAllocatorGivesUp() {
        TextProcessor processor = small(TestModules.append("!"));

        assertThatThrownBy(() -> processor.process(with("x".repeat(1 << 20))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 1048576 memory bytes is exceeded: 1114112 asked for (option"
                                + " limits.memory_mb)");
    }

    @Test
    void aGuestThatBearsTheLimitIsNoFailure() throws Exception {
        Code greedy = code().i32(1000).memoryGrow().drop().get(0);

        assertThat(
                        small(TestModules.guest("", greedy).bytes())
                                .process(with("fine"))
                                .text()
                                .string())
                .isEqualTo("fine");
    }

    @Test
    void boundsTheGrowthOfTables() throws Exception {
        Map<String, Object> settings = Map.of("limits", block("table_entries", 100));
        Path module = TestModule.write(folder.resolve("guest.wasm"), TestModules.tableGrowth(99));
        TextProcessor modest = create(module, settings);
        // Each call begins with a table of one entry, whatever the calls before it have done.
        assertThat(modest.process(with("1")).text().string()).isEqualTo("1");
        assertThat(modest.process(with("2")).text().string()).isEqualTo("2");

        for (int entries : new int[] {100, Integer.MAX_VALUE, -1}) {
            TestModule.write(module, TestModules.tableGrowth(entries));
            TextProcessor greedy = create(module, settings);

            assertThatThrownBy(() -> greedy.process(with("")))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessage(
                            "the limit of 100 table entries is exceeded: "
                                    + (1 + Integer.toUnsignedLong(entries))
                                    + " asked for (option limits.table_entries)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loop",
                "start",
                "calls",
                "fill",
                "bulk",
                "huge",
                "huge br_if",
                "huge br_table"
            })
    @Timeout(600)
    void stopsOnAnInterrupt(String where) throws Exception {
        TextProcessor processor =
                processor(
                        switch (where) {
                            case "loop" -> TestModules.endlessLoop();
                            case "start" -> TestModules.endlessStart();
                            case "calls" -> TestModules.endlessCalls();
                            case "fill" -> TestModules.endlessFill();
                            case "bulk" -> TestModules.bulkInARow();
                            case "huge" -> TestModules.endlessLoopInHugeFunction();
                            case "huge br_if" -> TestModules.endlessBrIfInHugeFunction();
                            default -> TestModules.endlessBrTableInHugeFunction();
                        });
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            Thread caller = Thread.currentThread();
            var interrupt = timer.schedule(caller::interrupt, 100, TimeUnit.MILLISECONDS);

            assertThatThrownBy(() -> processor.process(with("")))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessage("the guest was interrupted");

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(processor.stopsOnInterrupt()).isTrue();
            interrupt.get();
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void whatEndsNearTwoToTheThirtyFirstIsATrapToo() {
        int top = Integer.MAX_VALUE - 15;
        for (Code bulk :
                new Code[] {
                    code().i32(top).i32(1).i32(32).memoryFill(),
                    code().i32(16).i32(1).i32(-8).memoryFill(),
                    code().i32(top).i32(0).i32(32).memoryCopy(),
                    code().i32(0).i32(top).i32(32).memoryCopy(),
                    code().i32(0).i32(0).i32(-1).memoryCopy(),
                    code().i32(-1).i32(1).i32(1).memoryFill(),
                }) {
            byte[] module = TestModules.guest("", bulk.get(0)).bytes();

            assertThatThrownBy(() -> processor(module).process(with("")))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("the guest trapped: out of bounds memory access");
        }
    }

    @Test
    void manyThreadsMayCallOneProcessor() throws Exception {
        TextProcessor processor = processor(TestModules.append("!"));

        try (var hammer = new Hammer(8)) {
            hammer.run(
                    250,
                    i -> {
                        String text = "message " + i;
                        assertThat(processor.process(with(text)).text().string())
                                .isEqualTo(text + "!");
                    });
        }
    }

    private TextProcessor small(byte[] module) {
        return processor(module, Map.of("limits", block("memory_mb", 1)), Map.of());
    }

    private TextProcessor processor(byte[] module) {
        return processor(module, Map.of(), Map.of());
    }

    private TextProcessor processor(
            byte[] module, Map<String, Object> keys, Map<String, Object> options) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        return (TextProcessor) backend.create(definition(file, keys, options, Map.of()));
    }

    private TextProcessor create(Path module, Map<String, Object> settings)
            throws DagWasmException {
        return (TextProcessor) backend.create(definition(module, Map.of(), Map.of(), settings));
    }
}
