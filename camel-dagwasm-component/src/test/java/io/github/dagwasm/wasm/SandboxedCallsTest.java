package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.engine.HeapCost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls beside each other, in one sandbox of 1 MiB. */
@Timeout(600)
class SandboxedCallsTest {

    private static final SandboxUse EMPTY = new SandboxUse(0, 0, 0, 0);

    @TempDir Path folder;

    private final WasmBackend backend =
            new WasmBackend(
                    WasmPolicy.DEFAULTS.withSandbox(
                            new SandboxBounds(1, 1 << 20, Duration.ofMillis(10))));

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    private TextProcessor processor(byte[] module) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        return (TextProcessor) backend.create(definition(file));
    }

    private static void runs(TextProcessor processor) throws Exception {
        assertThat(processor.process(with("abc")).text().string()).isEqualTo("abc");
    }

    /** 100,000 segments take 800,000 bytes, 12 whole pages; two instances do not fit into 1 MiB. */
    @Test
    void whatAnInstanceIsMadeOfCountsToo() throws Exception {
        TestModule heavy = TestModules.guest("", code().get(0));
        for (int i = 0; i < 100_000; i++) {
            heavy.passiveData(new byte[0]);
        }
        TestModule tooHeavy = TestModules.guest("", code().get(0));
        for (int i = 0; i < 200_000; i++) {
            tooHeavy.passiveData(new byte[0]);
        }

        runs(processor(heavy.bytes()));
        assertThatThrownBy(() -> processor(tooHeavy.bytes()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "processor 'append' (guest.wasm): initial bytes of an instance: 1638400,"
                                + " over the bound of 1048576 for all calls together (option"
                                + " maxSandboxMemoryMb of the component)");
    }

    @Test
    void aGuestThatNeedsMoreThanThereIsIsToldOfTheOperatorsBound() {
        TextProcessor greedy = processor(TestModules.append("!"));

        assertThatThrownBy(() -> greedy.process(with("x".repeat(2 << 20))))
                .isInstanceOf(SandboxFullException.class)
                .hasMessageMatching(
                        "the sandbox is full: 65536 of 1048576 memory bytes are in use, [0-9]+"
                                + " more asked for; all calls together may not have so much \\(option"
                                + " maxSandboxMemoryMb of the component\\)");
        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void aGuestThatGrowsForEverIsToldOfTheOperatorsBound() {
        TextProcessor greedy = processor(TestModules.endlessGrowth());

        assertThatThrownBy(() -> greedy.process(with("")))
                .isInstanceOf(SandboxFullException.class)
                .hasMessageMatching("the sandbox is full: [0-9]+ of 1048576 memory bytes .*");
        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void aGuestThatBearsARefusedGrowthIsNotAsked() {
        Code process = code().i32(1000).memoryGrow().drop().get(0);
        TextProcessor patient = processor(TestModules.guest("", process).bytes());

        assertThatThrownBy(() -> patient.process(with("abc")))
                .isInstanceOf(SandboxFullException.class);

        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
    }

    @Test
    void itsOwnLimitStillRefusesGrowth() throws Exception {
        Code process = code().i32(1024).memoryGrow().drop().get(0);

        runs(processor(TestModules.guest("", process).bytes()));

        assertThat(backend.sandboxUse()).isEqualTo(new SandboxUse(1, 65536, 0, 1));
    }

    @Test
    void aTrapGivesTheRoomBack() throws Exception {
        TextProcessor trap = processor(TestModules.trap());

        assertThatThrownBy(() -> trap.process(with(""))).isInstanceOf(TrapException.class);

        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
        runs(processor(TestModules.echo()));
    }

    @Test
    void aModuleThatBeginsWithMoreThanThereIsIsRefused() {
        byte[] large =
                new TestModule()
                        .memory(17)
                        .exportMemory("memory")
                        .exported("malloc", 1, 1, 0, code().i32(64))
                        .exported("free", 1, 0, 0, code())
                        .exported("process", 1, 1, 0, code().get(0))
                        .bytes();

        assertThatThrownBy(() -> processor(large))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "processor 'append' (guest.wasm): initial bytes of an instance:"
                                + " "
                                + HeapCost.ofArray(17 << 16)
                                + ", over the bound of 1048576 for all calls together"
                                + " (option maxSandboxMemoryMb of the component)");
        assertThat(backend.loadedModules()).isZero();
    }

    @Test
    void aCallBesideALongOneFindsNoRoomUntilThatIsInterrupted() throws Exception {
        TextProcessor endless = processor(TestModules.endlessLoop());
        TextProcessor echo = processor(TestModules.echo());
        FutureTask<Object> running = new FutureTask<>(() -> endless.process(with("")));
        Thread thread = new Thread(running);
        thread.start();
        await().until(() -> backend.sandboxUse().instances() == 1);

        assertThatThrownBy(() -> echo.process(with("abc")))
                .isInstanceOf(SandboxFullException.class)
                .hasMessage(
                        "the sandbox is full: 1 of 1 instances are in use, 1 more asked for; waited"
                                + " 0.01 s (option maxInstances of the component)");
        thread.interrupt();
        assertInterrupted(running);

        assertThat(backend.sandboxUse()).isEqualTo(EMPTY);
        runs(echo);
    }

    private static void assertInterrupted(Future<?> call) {
        assertThatThrownBy(call::get).hasCauseInstanceOf(InterruptedException.class);
    }
}
