package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.PlainCall;
import io.github.dagwasm.spi.Text;
import io.github.dagwasm.wasm.Hoarder;
import io.github.dagwasm.wasm.Message;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.abi.GuestStreams;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.InstanceImage;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Reset;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.SpareMemory;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sends messages through instances of one module, and compares after each of them all that its
 * instance holds with what every one begins with. For any number of threads: an instance goes from
 * one to the next.
 */
final class EveryByteProof {

    private static final InstanceLimits LIMITS = new InstanceLimits(64 << 20, 1000, 1000);
    private static final int MOST_ANSWER = 1 << 20;
    private static final HostFunction HOST_LOG =
            new HostFunction("env", "host_log", Signature.ofI32(2, 0), (memory, a) -> new long[0]);

    private final WasmModule module;
    private final GuestAbi abi;
    private final Reset reset;
    private final InstanceState beginning;
    private final Optional<InstanceImage> image;
    private final Queue<WasmInstance> idle = new ConcurrentLinkedQueue<>();
    private final Queue<SpareMemory> spare = new ConcurrentLinkedQueue<>();

    EveryByteProof(WasmEngine engine, byte[] wasm, Reset reset) throws InterruptedException {
        module = engine.load(wasm);
        abi = AbiDetector.detect(module, AbiOptions.NONE);
        this.reset = reset;
        WasmInstance first = fresh(Optional.empty());
        beginning = Innards.of(first).state();
        boolean settable = module.freshBecause().isEmpty();
        image = settable ? Optional.of(first.image()) : Optional.empty();
    }

    /** How every instance begins that no message has been in. */
    private WasmInstance fresh(Optional<SpareMemory> memory) throws InterruptedException {
        WasmInstance guest = instance(memory);
        if (module.function("_initialize").isPresent()) {
            guest.call("_initialize");
        }
        abi.warmUp(guest);
        return guest;
    }

    private WasmInstance instance(Optional<SpareMemory> memory) throws InterruptedException {
        Spending unlimited = Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE);
        return module.instantiate(
                List.of(HOST_LOG), LIMITS, MemoryReserve.UNLIMITED, unlimited, memory);
    }

    private WasmInstance begin(Message message) throws InterruptedException {
        WasmInstance guest = idle.poll();
        if (guest == null && image.isPresent()) {
            guest = instance(Optional.ofNullable(spare.poll()));
            guest.adopt(image.get());
        } else if (guest == null) {
            guest = fresh(Optional.ofNullable(spare.poll()));
        }
        requireBeginning(guest, "before " + message);
        return guest;
    }

    /** Lets a guest process a message; fails at the first thing that is not as it was. */
    void send(Message message) throws InterruptedException {
        WasmInstance guest = begin(message);
        boolean fuel = message.ending() == Message.Ending.FUEL;
        guest.begin(Spending.of(fuel ? Hoarder.FUEL : Spending.UNLIMITED_FUEL, message.nanos()));
        Text answer;
        try {
            message.mayInterrupt();
            answer =
                    abi.call(guest, new PlainCall(text(message)), GuestStreams.NONE, MOST_ANSWER)
                            .text();
        } catch (DagWasmException | InterruptedException e) {
            // The instance is dropped. That is a promise of whoever calls it.
            requireFailure(message, e);
            return;
        }
        end(guest, message);
        requireAnswer(message, answer);
    }

    private void end(WasmInstance guest, Message message) throws InterruptedException {
        Innards.of(guest).spoilUpperHalves(message.markBits());
        if (image.isPresent()) {
            reset.reset(guest);
            requireBeginning(guest, "after " + message);
            idle.add(guest);
        } else {
            SpareMemory left = guest.retire();
            assertThat(Innards.of(guest).firstByteSet()).as("set after " + message).isEmpty();
            spare.add(left);
        }
    }

    private void requireBeginning(WasmInstance guest, String when) {
        beginning
                .difference(Innards.of(guest).state())
                .ifPresent(
                        difference -> {
                            throw new AssertionError(when + ": " + difference);
                        });
    }

    private static void requireFailure(Message message, Exception failure) {
        if (!message.endsBy(failure) || message.tellsOfOthers(failure.toString())) {
            throw new AssertionError(message + " ended in " + failure, failure);
        }
    }

    private void requireAnswer(Message message, Text answer) throws InterruptedException {
        try {
            answer.utf8Length();
        } catch (DagWasmException e) {
            requireFailure(message, e);
            return;
        }
        String expected =
                abi.call(
                                fresh(Optional.empty()),
                                new PlainCall(text(message)),
                                GuestStreams.NONE,
                                MOST_ANSWER)
                        .text()
                        .string();
        if (!answer.string().equals(expected)) {
            throw new AssertionError(message + " was answered with " + answer.string());
        }
    }

    private static Text text(Message message) {
        return Text.of(message.text());
    }
}
