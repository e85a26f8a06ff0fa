package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.wasm.Message.Ending;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Reset;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import io.github.dagwasm.wasm.engine.chicory.ForgetfulMemory;
import io.github.dagwasm.wasm.engine.chicory.Innards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of messages from several threads, each with a secret of its own: once a call has ended,
 * its secret is nowhere, and no other message ever learns of it. Where a reset forgets something,
 * the same proof fails.
 */
@Timeout(600)
class SecretMailIT {

    private static final int THREADS = 4;
    private static final int MESSAGES_OF_A_THREAD = 400;
    private static final int VIRTUAL_THREADS = 1000;
    private static final long SEED = 7;
    private static final SandboxBounds WIDE = bounds(100);
    private static final SandboxBounds NARROW = bounds(2);

    @TempDir Path folder;

    private static SandboxBounds bounds(int instances) {
        return new SandboxBounds(instances, 512 << 20, Duration.ofMinutes(1));
    }

    /** Those that answer with the text they got, and more. */
    static Stream<Path> modules() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../wasm_modules"))) {
            return files
                    .filter(f -> f.getFileName().toString().matches("hello.*\\.wasm"))
                    .toList()
                    .stream();
        }
    }

    private Path written(byte[] module) {
        return TestModule.write(folder.resolve("guest.wasm"), module);
    }

    private static SecretMail mail(SandboxBounds bounds, Path module, int processors) {
        return new SecretMail(bounds, new ChicoryEngine(), WasmInstance::reset, module, processors);
    }

    private SecretMail forgetful(WasmEngine engine, Reset reset) {
        return new SecretMail(WIDE, engine, reset, written(Hoarder.settable()), 1);
    }

    private static Message drawn(int number, List<Ending> endings) {
        return Message.drawn(number, new Random(SEED + number), endings);
    }

    private static void echoed(SecretMail mail, Message message) {
        String answer = mail.send(message);
        if (message.ending() == Ending.ANSWER) {
            assertThat(answer).as(message.toString()).isEqualTo(message.text());
        }
    }

    private static void hammer(SecretMail mail, List<Ending> endings) throws Exception {
        try (Hammer hammer = new Hammer(THREADS)) {
            hammer.run(MESSAGES_OF_A_THREAD, number -> echoed(mail, drawn(number, endings)));
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void guestsOfTheProjectTellNobody(Path module) throws Exception {
        try (SecretMail mail = mail(NARROW, module, 2);
                Hammer hammer = new Hammer(THREADS)) {
            hammer.run(
                    MESSAGES_OF_A_THREAD,
                    number -> {
                        Message message = drawn(number, List.of(Ending.ANSWER));

                        assertThat(mail.send(message)).contains(message.text());
                    });
        }
    }

    private static byte[] camelEcho() {
        return CamelGuests.guest(CamelGuests.inputAsAnswer()).bytes();
    }

    @Test
    void functionsForCamelsOwnComponentTellNobody() throws Exception {
        try (SecretMail mail = mail(NARROW, written(camelEcho()), 2)) {
            hammer(mail, List.of(Ending.ANSWER));

            assertThat(mail.instances()).isPositive();
        }
    }

    @Test
    void whereTheirEnvelopesAreForgottenTheSecretIsFound() {
        Path module = written(camelEcho());
        WasmEngine forgetful = ForgetfulMemory.engine(1);
        try (SecretMail mail = new SecretMail(WIDE, forgetful, WasmInstance::reset, module, 1)) {
            assertThatThrownBy(() -> mail.send(Message.of(3, Ending.ANSWER)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("message 3 (ANSWER) has ended, and is at byte 4119 of its memory");
        }
    }

    @Test
    void commandsThatLeaveTracesTellNobody() throws Exception {
        try (SecretMail mail = mail(WIDE, written(WasiHoarder.everywhere()), 2)) {
            hammer(mail, Message.ENDINGS);

            assertThat(mail.instances()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void guestsThatAreSetBackTellNobody(int processors) throws Exception {
        try (SecretMail mail = mail(WIDE, written(Hoarder.settable()), processors)) {
            hammer(mail, Message.ENDINGS);

            assertThat(mail.instances()).isPositive();
        }
    }

    @Test
    void norWhereSlotsGoFromThreadToThread() throws Exception {
        try (SecretMail mail = mail(NARROW, written(Hoarder.settable()), 2)) {
            hammer(mail, Message.ENDINGS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100})
    void guestsThatBeginAnewTellNobody(int instances) throws Exception {
        try (SecretMail mail = mail(bounds(instances), written(Hoarder.unsettable()), 2)) {
            hammer(mail, List.of(Ending.values()));

            assertThat(mail.instances()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void virtualThreadsLearnNothingEither(boolean settable) throws Exception {
        byte[] module = settable ? Hoarder.settable() : Hoarder.unsettable();
        try (SecretMail mail = mail(bounds(3), written(module), 2)) {
            ExecutorService threads = VirtualThreads.perTask();
            List<Future<?>> sent = new ArrayList<>();
            for (int number = 0; number < VIRTUAL_THREADS; number++) {
                Message message = drawn(number, Message.ENDINGS);
                sent.add(threads.submit(() -> echoed(mail, message)));
            }
            for (Future<?> one : sent) {
                one.get(10, TimeUnit.MINUTES);
            }
            threads.shutdown();
        }
    }

    @Test
    void whereABlockIsForgottenTheSecretIsFound() {
        try (SecretMail mail = forgetful(ForgetfulMemory.engine(9), WasmInstance::reset)) {
            assertThatThrownBy(() -> mail.send(Message.of(3, Ending.ANSWER)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("message 3 (ANSWER) has ended, and is at byte 38912 of its memory");
        }
    }

    @Test
    void andTheNextGuestTellsOfIt() {
        try (SecretMail mail = forgetful(ForgetfulMemory.engine(0), WasmInstance::reset)) {
            Message first = Message.of(3, Ending.ANSWER);
            assertThat(mail.sendOnly(first)).isEqualTo(first.text());

            assertThatThrownBy(() -> mail.sendOnly(Message.of(4, Ending.ANSWER)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage(
                            "message 4 (ANSWER) was answered with " + first.text().substring(0, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void whicheverBlockIsForgottenThreadsFindIt(int block) {
        try (SecretMail mail = forgetful(ForgetfulMemory.engine(block), WasmInstance::reset)) {
            assertThatThrownBy(() -> hammer(mail, Message.ENDINGS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AssertionError.class)
                    .hasMessageMatching("(?s).*message \\d+ \\(.*");
        }
    }

    @Test
    void whereGlobalsAreForgottenTheSecretIsFound() {
        try (SecretMail mail = forgetful(new ChicoryEngine(), Innards::resetAllButGlobals)) {
            assertThatThrownBy(() -> mail.send(Message.of(3, Ending.ANSWER)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("message 3 (ANSWER) has ended, and is in its global 1");
        }
    }

    @Test
    void whereAnInstanceIsUsedAgainAfterAFailureTheProofFails() throws Exception {
        WatchingEngine watching = new WatchingEngine(new ChicoryEngine(), WasmInstance::reset);
        WasmInstance guest =
                watching.load(new TestModule().exported("f", 0, 0, 0, Code.code()).bytes())
                        .instantiate(
                                List.of(), new InstanceLimits(0, 0, 100), MemoryReserve.UNLIMITED);
        guest.begin(Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE));
        guest.call("f");
        watching.requireDropped();

        assertThatThrownBy(() -> guest.call("f"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("an instance is used again that was to be dropped");
    }
}
