package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.wasm.GuestWorld;
import io.github.dagwasm.wasm.Hammer;
import io.github.dagwasm.wasm.Hoarder;
import io.github.dagwasm.wasm.Message;
import io.github.dagwasm.wasm.Message.Ending;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.WasiGuests;
import io.github.dagwasm.wasm.WasiHoarder;
import io.github.dagwasm.wasm.engine.Reset;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After each of thousands of messages an instance holds what it began with, to the last byte. Where
 * a reset forgets something, the same proof fails.
 */
@Timeout(600)
class EveryByteProofIT {

    private static final int THREADS = 4;
    private static final int MESSAGES_OF_A_THREAD = 500;
    private static final int FEW_MESSAGES_OF_A_THREAD = 60;
    private static final long SEED = 5;

    static Stream<Path> modules() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../wasm_modules"))) {
            return files.filter(file -> file.toString().endsWith(".wasm")).toList().stream();
        }
    }

    private static void send(WasmEngine engine, byte[] wasm, Reset reset, List<Ending> endings)
            throws Exception {
        send(engine, wasm, reset, endings, MESSAGES_OF_A_THREAD);
    }

    private static void send(
            WasmEngine engine, byte[] wasm, Reset reset, List<Ending> endings, int messages)
            throws Exception {
        EveryByteProof proof = new EveryByteProof(engine, wasm, reset);
        try (Hammer hammer = new Hammer(THREADS)) {
            hammer.run(
                    messages,
                    number -> {
                        Random random = new Random(SEED + number);
                        proof.send(Message.drawn(number, random, endings));
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void guestsOfTheProjectLeaveNothing(Path module) throws Exception {
        sendAnswered(module, FEW_MESSAGES_OF_A_THREAD);
    }

    @Tag("ci")
    @ParameterizedTest
    @MethodSource("modules")
    void guestsOfTheProjectLeaveNothingOfThousandsOfMessages(Path module) throws Exception {
        sendAnswered(module, MESSAGES_OF_A_THREAD);
    }

    private static void sendAnswered(Path module, int messages) throws Exception {
        byte[] wasm = Files.readAllBytes(module);

        send(new ChicoryEngine(), wasm, WasmInstance::reset, List.of(Ending.ANSWER), messages);
    }

    @Test
    void guestsThatHoardAreSetBack() throws Exception {
        byte[] wasm = Hoarder.settable();

        assertThat(new ChicoryEngine().load(wasm).freshBecause()).isEmpty();
        send(new ChicoryEngine(), wasm, WasmInstance::reset, Message.ENDINGS);
    }

    @Test
    void vectorsAreSetBackWithBothHalves() throws Exception {
        byte[] wasm = Hoarder.withVector();

        assertThat(new ChicoryEngine().load(wasm).freshBecause()).isEmpty();
        send(new ChicoryEngine(), wasm, WasmInstance::reset, Message.ENDINGS);
    }

    @Test
    void guestsThatHoardInTablesSegmentsAndExceptionsBeginAnewOnMemoryThatIsClear()
            throws Exception {
        byte[] wasm = Hoarder.unsettable();

        assertThat(new ChicoryEngine().load(wasm).freshBecause()).isPresent();
        send(new ChicoryEngine(), wasm, WasmInstance::reset, List.of(Ending.values()));
    }

    @Test
    void commandsThatLeaveTracesInTheHostFindNone() throws Exception {
        byte[] wasm = WasiHoarder.everywhere();

        assertThat(new ChicoryEngine().load(wasm).freshBecause()).isEmpty();
        send(new ChicoryEngine(), wasm, WasmInstance::reset, Message.ENDINGS);
    }

    private static void assertTraced(Consumer<GuestWorld> renewal, byte[] wasm, String trace)
            throws Exception {
        EveryByteProof proof =
                new EveryByteProof(new ChicoryEngine(), wasm, WasmInstance::reset, renewal);

        assertThatThrownBy(() -> proof.send(Message.of(3, Ending.ANSWER)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("after message 3 (ANSWER): " + trace);
    }

    @Test
    void whereTheHostBeginsNotAnewTheProofFails() throws Exception {
        byte[] filter = WasiGuests.filter("");
        assertTraced(
                world -> {},
                filter,
                "the length of host.streams.in.text is 118, and was 0 at the beginning");
        assertTraced(
                GuestWorld::renewStreamsOnly,
                filter,
                "byte 1 of host.wasi.descriptors.desk.pages[0] is 16, and was 0 at the beginning");
    }

    @Test
    void whereABlockIsForgottenTheProofFails() throws Exception {
        int block = 9;
        EveryByteProof proof =
                new EveryByteProof(
                        ForgetfulMemory.engine(block), Hoarder.settable(), WasmInstance::reset);

        assertThatThrownBy(() -> proof.send(Message.of(3, Ending.ANSWER)))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "after message 3 (ANSWER): byte 36864 of the memory is -109, and was 0 at"
                                + " the beginning");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void whicheverBlockIsForgottenThreadsFindIt(int block) {
        WasmEngine forgetful = ForgetfulMemory.engine(block);

        assertThatThrownBy(
                        () ->
                                send(
                                        forgetful,
                                        Hoarder.settable(),
                                        WasmInstance::reset,
                                        Message.ENDINGS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AssertionError.class)
                .hasMessageMatching(".*after message \\d+ .*: byte \\d+ of the memory is .*");
    }

    @Test
    void whereABlockBeyondTheMemoryIsForgottenTheProofFails() throws Exception {
        EveryByteProof proof =
                new EveryByteProof(
                        ForgetfulMemory.engine(16), Hoarder.settable(), WasmInstance::reset);

        assertThatThrownBy(() -> proof.send(Message.of(3, Ending.ANSWER)))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "after message 3 (ANSWER): byte 65536, beyond the memory, is -42, and was 0"
                                + " at the beginning");
    }

    @Test
    void whereGlobalsAreForgottenTheProofFails() throws Exception {
        EveryByteProof proof =
                new EveryByteProof(
                        new ChicoryEngine(), TestModules.echo(), Innards::resetAllButGlobals);

        assertThatThrownBy(() -> proof.send(Message.of(3, Ending.ANSWER)))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "after message 3 (ANSWER): the lower half of global 0 is 4216, and was 4097"
                                + " at the beginning");
    }
}
