package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.RealMdc;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.MDC;

@ExtendWith(RealMdc.class)
class GuestLogTest {

    private static final long SECOND = 1_000_000_000L;

    private final RecordingLogger logger = new RecordingLogger();
    private final AtomicLong clock = new AtomicLong();
    private final LogRate rate = new LogRate(5, 1000, clock::get);
    private final GuestLog guestLog =
            WasmBackend.log(logger, Calls.definition(Path.of("guest.wasm")), rate);

    @Test
    void passesOnWhatTheGuestLogged() throws Exception {
        flush(TestModules.log("hello", 5), 1000);

        assertThat(logger.lines()).containsExactly("INFO guest: hello");
    }

    @Test
    void escapesWhatCouldForgeALine() throws Exception {
        String forged = "x\nWARN fake\r\u001b[31m\u202eabc\u2028";

        flush(TestModules.log(forged, forged.getBytes(UTF_8).length), 1000);

        assertThat(logger.lines())
                .containsExactly(
                        "INFO guest: x\\u{a}WARN fake\\u{d}\\u{1b}[31m\\u{202e}abc\\u{2028}");
    }

    @Test
    void takesTheGuestsTextForNoPattern() throws Exception {
        flush(TestModules.log("{} %s ${jndi:x}", 15), 1000);

        assertThat(logger.lines()).containsExactly("INFO guest: {} %s ${jndi:x}");
    }

    @Test
    void namesPipelineAndProcessorInTheMdcAndRestoresIt() throws Exception {
        MDC.put(GuestLog.MDC_PIPELINE, "outer");

        flush(TestModules.log("hello", 5), 1000);

        assertThat(logger.contexts()).containsExactly("orders/append");
        assertThat(MDC.get(GuestLog.MDC_PIPELINE)).isEqualTo("outer");
        assertThat(MDC.get(GuestLog.MDC_PROCESSOR)).isNull();
    }

    @Test
    void aLoggerThatFailsLeavesNothingInTheMdc() {
        logger.failWith(new IllegalStateException("the disk is full"));

        assertThatThrownBy(() -> flush(TestModules.log("hello", 5), 1000))
                .hasMessage("the disk is full");
        assertThat(MDC.get(GuestLog.MDC_PIPELINE)).isNull();
        assertThat(MDC.get(GuestLog.MDC_PROCESSOR)).isNull();
    }

    @Test
    void dropsWhatIsOverTheLimitAndSaysSo() throws Exception {
        flush(TestModules.logFlood(3, "12345"), 10);

        assertThat(logger.lines())
                .containsExactly(
                        "INFO guest: 12345",
                        "INFO guest: 123",
                        "WARN the limit of 10 log bytes is exceeded: 18 asked for, the rest is"
                                + " dropped (option limits.log_bytes)");
    }

    @Test
    void namesTheLimitAsTheUserDoes() throws Exception {
        GuestLog named =
                WasmBackend.log(logger, Calls.named(Path.of("guest.wasm"), Map.of()), rate);

        named.flush(run(TestModules.logFlood(3, "12345"), 10));

        assertThat(logger.lines())
                .contains(
                        "WARN the limit of 10 log bytes is exceeded: 18 asked for, the rest is"
                                + " dropped (option my log_bytes)");
    }

    @Test
    void emptyLinesCountToo() throws Exception {
        CallLog.Logged log = run(TestModules.logFlood(1_000_000, ""), 100);

        assertThat(log.lines()).hasSize(100);
        assertThat(log.asked()).isEqualTo(1_000_000);
    }

    @Test
    void boundsTheLinesOfASecondAndTellsHowManyItSuppressed() throws Exception {
        flush(TestModules.logFlood(4, "first"), 1000);
        flush(TestModules.logFlood(4, "second"), 1000);
        clock.addAndGet(SECOND);
        flush(TestModules.logFlood(1, "third"), 1000);

        assertThat(logger.lines())
                .containsExactly(
                        "INFO guest: first",
                        "INFO guest: first",
                        "INFO guest: first",
                        "INFO guest: first",
                        "INFO guest: second",
                        "INFO guest: third",
                        "WARN 3 log lines of this module were suppressed: more than 5 lines or 1000 bytes in a second");
    }

    @Test
    void tellsAtTheEndWhatItHasNotToldYet() throws Exception {
        flush(TestModules.logFlood(7, "x"), 1000);

        guestLog.close();

        assertThat(logger.lines())
                .containsAll(Collections.nCopies(5, "INFO guest: x"))
                .endsWith(
                        "WARN 2 log lines of this module were suppressed: more than 5 lines or 1000 bytes in a second");
    }

    @ParameterizedTest
    @CsvSource({"1, 2147483647", "-1, 1", "65536, 1", "65530, 7", "-2147483648, -2147483648"})
    void aTextOutsideOfTheMemoryIsATrap(int pointer, int length) {
        assertThatThrownBy(() -> run(TestModules.logAt(pointer, length), 1000))
                .isInstanceOf(TrapException.class)
                .hasMessage(
                        "the guest trapped: host_log was called with a text outside of the memory");
    }

    @Test
    void aCallAtTheEndOfTheStackBreaksNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> run(TestModules.deepLog(), 64))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("the guest trapped: call stack exhausted");
        }

        flush(TestModules.log("still here", 10), 1000);

        assertThat(logger.lines()).containsExactly("INFO guest: still here");
    }

    @ParameterizedTest
    @CsvSource({
        "wasm_modules/append.wasm, dagwasm.guest.append",
        "classpath:a/b/word-count.wasm, dagwasm.guest.word-count",
        "a.b.wasm, dagwasm.guest.a_b",
        "module, dagwasm.guest.module",
    })
    void namesTheLoggerAfterTheModule(String module, String logger) {
        assertThat(GuestLog.loggerName(module)).isEqualTo(logger);
    }

    @Test
    void aLoggerThatFailsIsAFailureOfTheFamily(@TempDir Path folder) {
        Logger broken =
                (Logger)
                        Proxy.newProxyInstance(
                                Logger.class.getClassLoader(),
                                new Class<?>[] {Logger.class},
                                (proxy, method, arguments) -> {
                                    throw new IllegalStateException("the disk is full");
                                });
        GuestLog log =
                WasmBackend.log(
                        broken,
                        Calls.definition(folder.resolve("guest.wasm")),
                        LogRate.perSecond());
        ModuleFile file = ModuleFile.of("a test", TestModules.log("hello", 5));
        try (ModuleCache cache = new ModuleCache(new ChicoryEngine(), 1)) {
            ModuleCache.Lease lease = cache.acquire(file, 1, Calls.within(Duration.ofSeconds(10)));
            TextProcessor processor =
                    Calls.processor(
                            new Guest(
                                    new Guest.Settings(
                                            GuestLimits.DEFAULTS,
                                            Spending.UNLIMITED_FUEL,
                                            GuestSurroundings.BARE),
                                    lease,
                                    new Sandbox(SandboxBounds.DEFAULTS),
                                    new SureStacks(),
                                    AbiDetector.detect(lease.module(), AbiOptions.NONE),
                                    log));

            assertThatThrownBy(() -> processor.process(Calls.with("x")))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("the guest's log could not be written")
                    .hasRootCauseMessage("the disk is full");
        }
    }

    private void flush(byte[] module, long limit) throws InterruptedException {
        guestLog.flush(run(module, limit));
    }

    private static CallLog.Logged run(byte[] module, long limit) throws InterruptedException {
        CallLog log = new CallLog(limit);
        WasmInstance instance =
                new ChicoryEngine()
                        .load(module)
                        .instantiate(
                                List.of(log.hostFunction()),
                                new InstanceLimits(1 << 20, 100, 1_000_000),
                                MemoryReserve.UNLIMITED);
        instance.call("process", 8);
        return log.detach();
    }
}
