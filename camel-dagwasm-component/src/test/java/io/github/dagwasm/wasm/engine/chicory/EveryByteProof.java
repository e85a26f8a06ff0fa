package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.GuestWorld;
import io.github.dagwasm.wasm.Hoarder;
import io.github.dagwasm.wasm.HostState;
import io.github.dagwasm.wasm.Message;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.AnswerRoom;
import io.github.dagwasm.wasm.abi.GivenInput;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.InstanceImage;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Reset;
import io.github.dagwasm.wasm.engine.SpareMemory;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Sends messages through instances of one module, and compares after each of them all that its
 * instance holds, and its host for it, with what every one begins with. For any number of threads:
 * an instance goes from one to the next.
 */
final class EveryByteProof {

    private static final InstanceLimits LIMITS = new InstanceLimits(64 << 20, 1000, 1000);
    private static final int MOST_ANSWER = 1 << 20;

    private final WasmModule module;
    private final GuestAbi abi;
    private final Reset reset;
    private final Consumer<GuestWorld> renewal;
    private final InstanceState beginning;
    private final HostState hostsBeginning;
    private final Optional<InstanceImage> image;
    private final Queue<Place> idle = new ConcurrentLinkedQueue<>();

    /** What a call leaves for the next: its host's side, and an instance or its memory. */
    private record Place(
            GuestWorld world, Optional<WasmInstance> guest, Optional<SpareMemory> spare) {}

    EveryByteProof(WasmEngine engine, byte[] wasm, Reset reset) throws InterruptedException {
        this(engine, wasm, reset, GuestWorld::renew);
    }

    EveryByteProof(WasmEngine engine, byte[] wasm, Reset reset, Consumer<GuestWorld> renewal)
            throws InterruptedException {
        module = engine.load(wasm);
        abi = AbiDetector.detect(module, AbiOptions.NONE);
        this.reset = reset;
        this.renewal = renewal;
        GuestWorld world = new GuestWorld(module);
        hostsBeginning = world.state();
        WasmInstance first = fresh(world, Optional.empty());
        beginning = Innards.of(first).state();
        boolean settable = module.freshBecause().isEmpty();
        image = settable ? Optional.of(first.image()) : Optional.empty();
    }

    /** How every instance begins that no message has been in. */
    private WasmInstance fresh(GuestWorld world, Optional<SpareMemory> memory)
            throws InterruptedException {
        WasmInstance guest = instance(world, memory);
        if (module.function("_initialize").isPresent()) {
            guest.call("_initialize");
        }
        abi.warmUp(guest);
        world.renew();
        return guest;
    }

    private WasmInstance instance(GuestWorld world, Optional<SpareMemory> memory)
            throws InterruptedException {
        Spending unlimited = Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE);
        return module.instantiate(
                world.functions(), LIMITS, MemoryReserve.UNLIMITED, unlimited, memory);
    }

    private Place place() {
        Place left = idle.poll();
        return left == null
                ? new Place(new GuestWorld(module), Optional.empty(), Optional.empty())
                : left;
    }

    private WasmInstance begin(Place place) throws InterruptedException {
        if (place.guest().isPresent()) {
            return place.guest().get();
        }
        if (image.isEmpty()) {
            return fresh(place.world(), place.spare());
        }
        WasmInstance guest = instance(place.world(), place.spare());
        guest.adopt(image.get());
        place.world().renew();
        return guest;
    }

    /** Lets a guest process a message; fails at the first thing that is not as it was. */
    void send(Message message) throws InterruptedException {
        Place place = place();
        WasmInstance guest = begin(place);
        requireBeginning(guest, place.world(), "before " + message);
        boolean fuel = message.ending() == Message.Ending.FUEL;
        guest.begin(Spending.of(fuel ? Hoarder.FUEL : Spending.UNLIMITED_FUEL, message.nanos()));
        Text answer;
        try {
            message.mayInterrupt();
            answer = answer(guest, place.world(), message);
        } catch (DagWasmException | InterruptedException e) {
            // The instance is dropped. That is a promise of whoever calls it.
            requireFailure(message, e);
            return;
        }
        end(guest, place.world(), message);
        requireAnswer(message, answer);
    }

    private Text answer(WasmInstance guest, GuestWorld world, Message message)
            throws InterruptedException {
        GivenInput input = new GivenInput(message.text());
        AnswerRoom room = new AnswerRoom(MOST_ANSWER, MemoryReserve.UNLIMITED);
        try {
            return abi.call(guest, input, world.streams(), room).text();
        } catch (GuestExitException e) {
            throw new GuestFailureException(e.getMessage(), e);
        }
    }

    private void end(WasmInstance guest, GuestWorld world, Message message)
            throws InterruptedException {
        Innards.of(guest).spoilUpperHalves(message.markBits());
        renewal.accept(world);
        if (image.isPresent()) {
            reset.reset(guest);
            requireBeginning(guest, world, "after " + message);
            idle.add(new Place(world, Optional.of(guest), Optional.empty()));
        } else {
            SpareMemory left = guest.retire();
            assertThat(Innards.of(guest).firstByteSet()).as("set after " + message).isEmpty();
            requireHostsBeginning(world, "after " + message);
            idle.add(new Place(world, Optional.empty(), Optional.of(left)));
        }
    }

    private void requireBeginning(WasmInstance guest, GuestWorld world, String when) {
        require(when, beginning.difference(Innards.of(guest).state()));
        requireHostsBeginning(world, when);
    }

    private void requireHostsBeginning(GuestWorld world, String when) {
        require(when, hostsBeginning.difference(world.state()));
    }

    private static void require(String when, Optional<String> difference) {
        difference.ifPresent(
                found -> {
                    throw new AssertionError(when + ": " + found);
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
        GuestWorld world = new GuestWorld(module);
        String expected = answer(fresh(world, Optional.empty()), world, message).string();
        if (!answer.string().equals(expected)) {
            throw new AssertionError(message + " was answered with " + answer.string());
        }
    }
}
