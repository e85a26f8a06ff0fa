package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.block;
import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModules.HOST_LOG;
import static io.github.dagwasm.wasm.TestModules.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How deep a guest gets depends on its limit, not on the thread that calls it. */
@Timeout(600)
class GuestStackTest {

    private static final int LEVELS = 1200;

    /** A thread with it is used up long before the guest's own limit. */
    private static final long SMALL = 200 << 10;

    private static final long USUAL = (1024 - 170) << 10;

    @TempDir Path folder;

    private final WasmBackend backend = new WasmBackend();

    private final SureStacks stacks = new SureStacks();

    @AfterEach
    void close() {
        backend.close();
        stacks.close();
    }

    @Test
    void aThreadWithLittleStackChangesNoAnswer() throws Exception {
        TextProcessor guest = processor(deep(LEVELS, code()), Map.of());
        Map<String, Integer> ends = new TreeMap<>();

        for (int i = 0; i < 40; i++) {
            ends.merge(onStack(SMALL + i * 1040L, () -> answer(guest)), 1, Integer::sum);
            ends.merge(onStack(USUAL, () -> answer(guest)), 1, Integer::sum);
        }

        assertThat(ends).containsExactly(Map.entry("x", 80));
    }

    @Test
    void aThreadWithLittleStackChangesNoFailureAndNoFuel() throws Exception {
        TextProcessor guest = processor(deep(1 << 20, code()), Map.of("call_depth", 1_000_000L));
        Map<String, Integer> ends = new TreeMap<>();

        for (int i = 0; i < 40; i++) {
            ends.merge(onStack(SMALL + i * 1040L, () -> answer(guest)), 1, Integer::sum);
            ends.merge(onStack(USUAL, () -> answer(guest)), 1, Integer::sum);
        }

        assertThat(ends).hasSize(1);
        assertThat(ends.keySet().iterator().next())
                .matches(
                        "the limit of 655360 bytes of call stack is exceeded: \\d+ asked for"
                                + " \\(option limits.stack_kb\\), fuel \\d+");
    }

    @Test
    void whatACallLoggedBeforeTheStackEndedIsToldOnce() throws Exception {
        Code log = code().i32(TEXT).i32(1).call(HOST_LOG);
        RecordingLogger logger = new RecordingLogger();

        try (ModuleCache cache = new ModuleCache(new ChicoryEngine(), 1);
                TextProcessor guest = logging(logger, cache, deep(LEVELS, log))) {
            assertThat(onStack(SMALL, () -> answer(guest))).isEqualTo("x");
        }

        assertThat(logger.lines()).containsExactly("INFO guest: l");
    }

    @Test
    void aGuestThatSaysSoGetsMoreStackThanAnyThreadHas() throws Exception {
        byte[] module = deep(100_000, code());
        TextProcessor usual = processor(module, Map.of("call_depth", 1_000_000L));
        TextProcessor deep =
                processor(module, Map.of("call_depth", 1_000_000L, "stack_kb", 65_536L));

        assertThatThrownBy(() -> usual.process(with("x")))
                .isInstanceOf(LimitExceededException.class);
        for (int i = 0; i < 20; i++) {
            assertThat(answer(deep)).isEqualTo("x");
        }
    }

    @Test
    void aCallOnAStackOfItsOwnEndsByTheInterruptOfItsCaller() throws Exception {
        Code endless = code().loop().br(0).end();
        TextProcessor guest = processor(deep(1, endless), Map.of("stack_kb", 2048L));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller =
                new Thread(
                        () -> {
                            try {
                                guest.process(with("x"));
                            } catch (Exception e) {
                                thrown.set(e);
                            }
                        });

        caller.start();
        await().until(() -> caller.getState() == Thread.State.WAITING);
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(caller.isInterrupted()).isFalse();
    }

    @Test
    void aStackOfItsOwnCountsAsMemory() throws Exception {
        Path module = folder.resolve("guest.wasm");
        SandboxBounds bounds = new SandboxBounds(10, 1 << 20, Duration.ofSeconds(1));

        TestModule.write(module, deep(1, code()));

        try (WasmBackend small = new WasmBackend(WasmPolicy.DEFAULTS.withSandbox(bounds))) {
            assertThatThrownBy(
                            () ->
                                    small.create(
                                            definition(
                                                    module,
                                                    Map.of("limits", block("stack_kb", 2048)),
                                                    Map.of(),
                                                    Map.of())))
                    .hasMessageEndingWith(
                            "initial bytes of an instance: 2162688, over the bound of 1048576 for"
                                    + " all calls together (option maxSandboxMemoryMb of the"
                                    + " component)");
        }
    }

    /** Answers its input after it has gone down and done something. */
    private static byte[] deep(int levels, Code last) {
        int down = TestModules.FIRST_OWN;
        Code body = code().get(0).eqz().if_().then(last).return_().end();
        body.get(0).i32(1).sub().call(down);
        return TestModules.guest("l", code().i32(levels).call(down).get(0))
                .function(1, 0, 0, body)
                .bytes();
    }

    private TextProcessor processor(byte[] module, Map<String, Object> limits) throws Exception {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        Map<String, Object> keys = new HashMap<>();
        keys.put("limits", new KeyValues(limits));
        return (TextProcessor)
                backend.create(
                        definition(file, keys, Map.of("fuel_level", 1_000_000_000L), Map.of()));
    }

    private TextProcessor logging(RecordingLogger logger, ModuleCache cache, byte[] module) {
        ModuleCache.Lease lease =
                cache.acquire(
                        ModuleFile.of("a test", module), 1, Calls.within(Duration.ofSeconds(10)));
        return Calls.processor(
                new Guest(
                        new Guest.Settings(
                                GuestLimits.DEFAULTS,
                                Spending.UNLIMITED_FUEL,
                                GuestSurroundings.BARE),
                        lease,
                        new Sandbox(SandboxBounds.DEFAULTS),
                        stacks,
                        AbiDetector.detect(lease.module(), AbiOptions.NONE),
                        WasmBackend.log(
                                logger,
                                definition(folder.resolve("guest.wasm")),
                                LogRate.perSecond())));
    }

    private static String answer(TextProcessor guest) {
        MeteredCall call = new MeteredCall("x");
        try {
            return guest.process(call).text().string();
        } catch (LimitExceededException e) {
            return e.getMessage() + ", fuel " + call.fuel();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static String onStack(long bytes, Supplier<String> work) throws InterruptedException {
        AtomicReference<String> result = new AtomicReference<>("nothing");
        Thread thread = new Thread(null, () -> result.set(work.get()), "small", bytes);
        thread.start();
        thread.join();
        return result.get();
    }
}
