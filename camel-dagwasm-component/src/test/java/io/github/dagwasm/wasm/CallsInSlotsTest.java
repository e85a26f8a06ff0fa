package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.block;
import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls one after the other and beside each other, on slots that are used again. */
@Timeout(600)
class CallsInSlotsTest {

    private static final long PAGE = 65536;
    private static final SandboxUse EMPTY = new SandboxUse(0, 0, 0, 0);
    private static final SandboxUse ONE_IDLE = new SandboxUse(1, PAGE, 0, 1);

    /** Where guests count: calls of malloc, of free, of the text's function. */
    private static final int MALLOCS = 1000;

    private static final int FREES = 1001;
    private static final int CALLS = 1002;

    @TempDir Path folder;

    private final WasmBackend backend =
            new WasmBackend(
                    WasmPolicy.DEFAULTS.withSandbox(
                            new SandboxBounds(3, 64 << 20, Duration.ofMinutes(1))));

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    private static Code increment(int address) {
        return code().i32(address).i32(address).load8().i32(1).add().store8();
    }

    private static Code letter(int address) {
        return code().i32(address).i32(address).load8().i32('a').add().store8();
    }

    /** Answers with three letters, which tell how often what was called until then. */
    private static TestModule counting(Code free) {
        Code process = increment(CALLS).then(letter(MALLOCS)).then(letter(FREES));
        return new TestModule()
                .memory(1)
                .exportMemory("memory")
                .exported("malloc", 1, 1, 0, increment(MALLOCS).i32(64))
                .exported("free", 1, 0, 0, free)
                .exported("process", 1, 1, 0, process.then(letter(CALLS)).i32(MALLOCS));
    }

    /** What is in the way of setting back: a table that can change. */
    private static TestModule unsettable(TestModule module) {
        return module.table(1)
                .exported("grow", 0, 0, 0, code().refNull().i32(1).tableGrow().drop());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCallBeginsWithOneAllocationMadeAndGivenBack(boolean fresh) throws Exception {
        TestModule module = counting(increment(FREES));
        TextProcessor processor = processor((fresh ? unsettable(module) : module).bytes());

        for (int i = 0; i < 5; i++) {
            assertThat(processor.process(with("x")).text().string()).isEqualTo("cbb");
        }
        assertThat(backend.sandboxUse().idle()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGuestThatCannotGiveBackBeginsWithoutAnAllocation(boolean fresh) throws Exception {
        TestModule module = counting(increment(FREES).unreachable());
        TextProcessor processor = processor((fresh ? unsettable(module) : module).bytes());

        for (int i = 0; i < 5; i++) {
            assertThat(processor.process(with("x")).text().string()).isEqualTo("bab");
        }
        assertThat(backend.sandboxUse().idle()).isEqualTo(1);
    }

    @Test
    void guestsOfBothKindsAreTested() {
        ChicoryEngine engine = new ChicoryEngine();

        assertThat(engine.load(counting(code()).bytes()).freshBecause()).isEmpty();
        assertThat(engine.load(unsettable(counting(code())).bytes()).freshBecause()).isPresent();
    }

    @Test
    void anInitialisationThatFailsIsTriedAgain() {
        TextProcessor processor =
                processor(
                        TestModules.guest("", code().get(0))
                                .exported("_initialize", 0, 0, 0, code().unreachable())
                                .bytes());

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> processor.process(with("")))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("the guest trapped: Trapped on unreachable instruction");
        }
        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void anInitialisationWithoutEndIsStoppedByTheCallsDeadline() {
        TextProcessor processor =
                processor(
                        TestModules.guest("", code().get(0))
                                .exported("_initialize", 0, 0, 0, code().loop().br(0).end())
                                .bytes());

        assertThatThrownBy(() -> processor.process(within(20)))
                .isInstanceOf(DeadlinePassedException.class);
        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    /** Fails as the first byte of its input says. */
    private TextProcessor fickle() {
        Code process = code().get(0).load8().i32('t').sub().eqz().if_().unreachable().end();
        process.get(0).load8().i32('l').sub().eqz().if_().loop().br(0).end().end();
        process.get(0).load8().i32('n').sub().eqz().if_().i32(0).return_().end();
        process.get(0).load8().i32('o').sub().eqz().if_().i32(-1).return_().end();
        return processor(
                TestModules.guest("", process.get(0)).bytes(),
                Map.of("limits", block("output_bytes", 10)));
    }

    @Test
    void whateverFailsLeavesNothingBehind() throws Exception {
        TextProcessor processor = fickle();
        Map<String, Class<? extends Exception>> failures =
                Map.of(
                        "trap", TrapException.class,
                        "loop", DeadlinePassedException.class,
                        "null", GuestFailureException.class,
                        "outside", GuestFailureException.class,
                        "eleven bytes", LimitExceededException.class,
                        "a\0b", MalformedTextException.class);

        for (Map.Entry<String, Class<? extends Exception>> failure : failures.entrySet()) {
            assertThat(processor.process(with("fine")).text().string()).isEqualTo("fine");
            assertThat(backend.sandboxUse()).isEqualTo(ONE_IDLE);

            assertThatThrownBy(() -> processor.process(within(20, failure.getKey())))
                    .isExactlyInstanceOf(failure.getValue());

            assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
        }
    }

    @Test
    void anInterruptedCallLeavesNothingBehind() throws Exception {
        TextProcessor processor = fickle();
        processor.process(with("fine"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> processor.process(with("loop")))
                .isExactlyInstanceOf(InterruptedException.class);

        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void aSlotHoldsNoMoreThanItKeeps() throws Exception {
        TextProcessor processor = processor(TestModules.append("!"));
        processor.process(with("x"));

        for (int i = 0; i < 5; i++) {
            processor.process(with("long ".repeat(200_000)));
            processor.process(with("x"));
        }
        long held = backend.sandboxUse().memoryBytes();
        processor.process(with("long ".repeat(200_000)));

        assertThat(backend.sandboxUse()).isEqualTo(new SandboxUse(1, held, 0, 1));
        processor.close();
        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void aRefusalOfOneCallIsNoNewsOfTheNext() throws Exception {
        Code greedy = code().get(0).load8().if_().i32(1000).memoryGrow().drop().get(0).return_();
        TextProcessor processor =
                processor(
                        TestModules.guest("", greedy.end().i32(0)).bytes(),
                        Map.of("limits", block("memory_mb", 1)));

        assertThat(processor.process(with("greedy")).text().string()).isEqualTo("greedy");
        assertThatThrownBy(() -> processor.process(with("")))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage("process returned a null pointer");
    }

    @Test
    void firstCallsAtTheSameTimeBeginAlike() throws Exception {
        for (int round = 0; round < 20; round++) {
            TextProcessor processor = processor(counting(increment(FREES)).bytes());
            Set<String> answers = ConcurrentHashMap.newKeySet();

            try (Hammer hammer = new Hammer(8)) {
                hammer.run(5, i -> answers.add(processor.process(with("x")).text().string()));
            }

            assertThat(answers).containsExactly("cbb");
            processor.close();
            assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
        }
    }

    @Test
    void closingUnderLoadLeavesNothing() throws Exception {
        TextProcessor processor = processor(TestModules.append("!"));

        try (Hammer hammer = new Hammer(8)) {
            hammer.run(
                    200,
                    i -> {
                        assertThat(processor.process(with("m" + i)).text().string())
                                .isEqualTo("m" + i + "!");
                        if (i == 700) {
                            processor.close();
                        }
                    });
        }

        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void thousandsOfVirtualThreadsAreAllServed() throws Exception {
        ExecutorService virtual = VirtualThreads.perTask();
        List<TextProcessor> processors =
                List.of(
                        processor(TestModules.append("!")),
                        processor(unsettable(TestModules.appending("!")).bytes()));
        List<Future<String>> all = new ArrayList<>();

        for (int i = 0; i < 4_000; i++) {
            TextProcessor processor = processors.get(i % 2);
            String text = "message " + i;
            all.add(virtual.submit(() -> processor.process(with(text)).text().string()));
        }

        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).get()).isEqualTo("message " + i + "!");
        }
        SandboxUse use = backend.sandboxUse();
        assertThat(use.instances()).isBetween(1, 3);
        assertThat(use.idle()).isEqualTo(use.instances());
        virtual.shutdown();
    }

    private static ProcessorCall within(long millis) {
        return within(millis, "");
    }

    /** A call with so much time. */
    private static ProcessorCall within(long millis, String text) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        return new ProcessorCall() {
            @Override
            public Text text() {
                return Text.of(text);
            }

            @Override
            public Map<String, String> attributes() {
                return Map.of();
            }

            @Override
            public long remainingNanos() {
                return deadline - System.nanoTime();
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }

    private TextProcessor processor(byte[] module) {
        return processor(module, Map.of());
    }

    private TextProcessor processor(byte[] module, Map<String, Object> keys) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        return (TextProcessor) backend.create(definition(file, keys, Map.of(), Map.of()));
    }
}
