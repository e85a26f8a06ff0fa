package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.AnswerRoom;
import io.github.dagwasm.wasm.abi.GivenInput;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guests of one calling convention, as recipes, for {@link GuestAbiContract}. Its test gives {@link
 * #abi} and {@link #echoing} above all, from which most guests are made there; {@link #appending},
 * {@link #hoarding}; and {@link #failures}, the ways in which a guest of it fails on its own. What
 * a convention has no way for it says in {@link #lacks}. The rest says how it differs in what it
 * tells: {@link #nulRefusal}, {@link #outputExceeded}; and how it logs: {@link #logging}.
 */
abstract class AbiGuests {

    /** What {@link #failures} has an entry for, unless {@link #lacks} names it. */
    static final String NULL_RESULT = "null result";

    /** Likewise. */
    static final String GUEST_ERROR = "guest error";

    /** Where the contract puts a text that an {@link #echoing} guest logs. */
    static final int LOGGED = 2048;

    /** How long that text is. */
    static final int LOGGED_LENGTH = 4;

    @TempDir Path folder;

    final WasmBackend backend = new WasmBackend();

    /**
     * A guest that fails on its own.
     *
     * @param module makes its bytes
     * @param message the whole message of the failure, whatever the input was
     */
    record Failing(Supplier<byte[]> module, String message) {}

    /** The convention's name, which the detector is to find for all guests here. */
    abstract String abi();

    /**
     * A guest that does something and then answers with its input. Its last function is the one
     * before {@link #functions}; addresses from {@link #LOGGED} to 3072 are free, and it has a
     * memory of one page that it grows as needed.
     *
     * @param first what it does: instructions that leave the stack as it was and use no local
     */
    abstract TestModule echoing(Code first);

    /** How many functions an {@link #echoing} guest has, imports counted: what is next. */
    abstract int functions();

    /**
     * What an {@link #echoing} guest does to log what lies at {@link #LOGGED}. Its function 0 is
     * {@code env.host_log}, unless the convention has a way of its own.
     */
    Code logging() {
        return code().i32(LOGGED).i32(LOGGED_LENGTH).call(0);
    }

    /** A guest that appends a text of less than a KiB. */
    abstract byte[] appending(String suffix);

    /** A guest that answers with the first input that it has been given and still knows. */
    abstract byte[] hoarding();

    /** The ways in which a guest fails on its own: {@link #NULL_RESULT} and so on, and others. */
    abstract Map<String, Failing> failures();

    /** Which of {@link #NULL_RESULT} and {@link #GUEST_ERROR} the convention has no way for. */
    abstract Set<String> lacks();

    /** Whether bytes that are no text go in and come out. */
    boolean carriesBytes() {
        return false;
    }

    /** Why {@code "ab\0c"} is refused; empty where the convention carries a NUL. */
    Optional<String> nulRefusal() {
        return Optional.empty();
    }

    /** What is told of a guest that answers with {@code "12345678901"} where it has 10 bytes. */
    abstract String outputExceeded();

    /** Calls one instance for one text after the other, with nothing set back between them. */
    static List<String> answersOfOneInstance(byte[] bytes, List<String> texts) throws Exception {
        WasmModule module = new ChicoryEngine().load(bytes);
        GuestAbi abi = AbiDetector.detect(module, AbiOptions.NONE);
        InstanceLimits limits = new InstanceLimits(1 << 20, 0, 100);
        Outside outside = new Outside(module, GuestSurroundings.BARE, new CallLog(0));
        WasmInstance instance =
                module.instantiate(outside.functions(), limits, MemoryReserve.UNLIMITED);
        List<String> answers = new ArrayList<>();
        for (String text : texts) {
            AnswerRoom room = new AnswerRoom(1000, MemoryReserve.UNLIMITED);
            answers.add(
                    abi.call(instance, new GivenInput(text), outside.streams(), room)
                            .text()
                            .string());
        }
        return answers;
    }

    /**
     * What a function of one parameter does that returns the first pointer it was ever given, kept
     * in global 1.
     */
    static Code firstPointer() {
        return code().globalGet(1).eqz().if_().get(0).globalSet(1).end().globalGet(1);
    }

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    final byte[] echo() {
        return echoing(code()).bytes();
    }

    final TextProcessor processor(byte[] module) {
        return processor(module, Map.of(), Map.of());
    }

    final TextProcessor processor(
            byte[] module, Map<String, Object> keys, Map<String, Object> options) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        return (TextProcessor) backend.create(definition(file, keys, options, Map.of()));
    }

    static String answer(TextProcessor processor, String text) throws Exception {
        return processor.process(with(text)).text().string();
    }

    /** A call with a deadline, which keeps what it is told of fuel. */
    static final class Metered implements ProcessorCall {

        private final String text;
        private final long nanos;
        private long fuel;

        Metered(String text, long nanos) {
            this.text = text;
            this.nanos = nanos;
        }

        /** What the call was told last. */
        long fuel() {
            return fuel;
        }

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
            return nanos;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public void usedFuel(long units) {
            fuel = units;
        }
    }
}
