package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.abi.Answer;
import io.github.dagwasm.wasm.abi.AnswerRoom;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.abi.GuestStreams;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.InstanceImage;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.SpareMemory;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How each call of one guest begins: instantiated, initialised, its program run where it has one
 * beside its functions, one allocation made and given back. That is done for the first call, and
 * what came of it is kept as an image for all others; where a module's instances cannot be set back
 * to one, it is done for each. It is charged to the time of the call that it is done for, and to an
 * allowance of fuel of its own. Safe for use by any number of threads.
 */
final class GuestStart {

    /** A reactor's initialisation, which no engine calls by itself. */
    static final String INITIALIZE = "_initialize";

    /** A command's program. A module may have functions beside it, which need what it set up. */
    static final String START = "_start";

    private static final Signature START_TYPE = Signature.ofI32(0, 0);

    private static final long PAGE_BYTES = 65_536;

    private final WasmModule module;
    private final GuestAbi abi;
    private final InstanceLimits limits;
    private final long fuel;
    private final GuestSurroundings surroundings;
    private final boolean reactor;
    private final boolean command;
    private final boolean resets;
    private final boolean countsFuel;
    private final long ownStack;
    private final Sandbox sandbox;
    private final AtomicReference<InstanceImage> image = new AtomicReference<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean warmsUp = true;
    private volatile boolean closed;

    /**
     * Nothing is done yet.
     *
     * @param module the guest's module
     * @param abi how it is called
     * @param limits what each instance may have
     * @param fuel what each call may spend, and its beginning as much again
     * @param surroundings what WASI shows it of the outside
     * @param sandbox where the room for the image comes from
     */
    GuestStart(
            WasmModule module,
            GuestAbi abi,
            InstanceLimits limits,
            long fuel,
            GuestSurroundings surroundings,
            Sandbox sandbox) {
        this.module = module;
        this.abi = abi;
        this.surroundings = surroundings;
        this.limits = limits;
        this.fuel = fuel;
        this.sandbox = sandbox;
        reactor = module.function(INITIALIZE).isPresent();
        command =
                module.function(START).filter(START_TYPE::equals).isPresent()
                        && !abi.functions().contains(START);
        resets = module.freshBecause().isEmpty();
        countsFuel = !module.partlyInterpreted();
        ownStack =
                limits.stackBytes() == InstanceLimits.ANY_STACK
                        ? 0
                        : SureStacks.ownBytes(limits.stackBytes());
    }

    /** What an instance begins with, in bytes, and the stack where it needs one of its own. */
    long initialBytes() {
        return module.initialBytes() + ownStack;
    }

    /** What the guest of one slot can reach. */
    Outside outside(CallLog log) {
        return new Outside(module, surroundings, log);
    }

    /**
     * An instance at the beginning.
     *
     * @param guest the instance
     * @param hasImage whether it can be set back to here; else there was no room for an image, or
     *     its module does not allow that
     */
    record Begun(WasmInstance guest, boolean hasImage) {}

    /**
     * Makes an instance for a call.
     *
     * @param outside what it can reach, begun anew
     * @param room what it takes its memory out of
     * @param spare memory to use again, whose room is taken
     * @param nanos how long it may take
     */
    Begun begin(Outside outside, Share room, Optional<SpareMemory> spare, long nanos)
            throws InterruptedException {
        try {
            return begun(outside, room, spare, nanos);
        } catch (GuestAbortException e) {
            throw e.failure();
        }
    }

    private Begun begun(Outside outside, Share room, Optional<SpareMemory> spare, long nanos)
            throws InterruptedException {
        Making making = new Making(outside, room, Spending.of(fuel, nanos));
        InstanceImage known = image.get();
        if (known != null) {
            WasmInstance guest = making.instantiate(spare);
            guest.adopt(known);
            return new Begun(guest, true);
        }
        Optional<WasmInstance> warm = warmsUp ? warm(making, spare) : Optional.empty();
        // From here on nothing holds a guest that did not warm up: its room is another's now.
        WasmInstance guest = warm.isPresent() ? warm.get() : making.anew(spare);
        return new Begun(guest, resets && adoptImage(guest));
    }

    /** An instance whose allocator has been tried; empty where that fails. */
    private Optional<WasmInstance> warm(Making making, Optional<SpareMemory> spare)
            throws InterruptedException {
        WasmInstance guest = making.anew(spare);
        if (warmedUp(guest)) {
            return Optional.of(guest);
        }
        // What it did until then is nobody's business: such a guest begins without.
        warmsUp = false;
        making.outside.undo();
        making.room.keep(initialBytes());
        return Optional.empty();
    }

    /** Makes instances for one call; their spending is counted together. */
    private final class Making {

        private final Outside outside;
        private final Share room;
        private final Spending spending;
        private final List<HostFunction> functions;

        Making(Outside outside, Share room, Spending spending) {
            this.outside = outside;
            this.room = room;
            this.spending = spending;
            functions = outside.functions();
        }

        WasmInstance instantiate(Optional<SpareMemory> spare) throws InterruptedException {
            outside.beginInstance();
            return module.instantiate(functions, limits, room, spending, spare);
        }

        WasmInstance anew(Optional<SpareMemory> spare) throws InterruptedException {
            WasmInstance guest = instantiate(spare);
            initialize(guest);
            return guest;
        }
    }

    /** First what the C library needs, then what the program does before it is asked. */
    private void initialize(WasmInstance guest) throws InterruptedException {
        if (reactor) {
            guest.call(INITIALIZE);
        }
        if (command) {
            run(guest);
        }
    }

    /** A command may say by its exit code that all went well; its functions stay. */
    private static void run(WasmInstance guest) throws InterruptedException {
        try {
            guest.call(START);
        } catch (GuestExitException e) {
            if (e.code() != 0) {
                throw e;
            }
        }
    }

    /** A guest whose allocator fails for a byte may be able to do without that byte. */
    private boolean warmedUp(WasmInstance guest) throws InterruptedException {
        try {
            abi.warmUp(guest);
            return true;
        } catch (TrapException
                | LimitExceededException
                | GuestFailureException
                | GuestAbortException
                | GuestExitException e) {
            if (GuestStack.isEnd(e)) {
                // That is the thread's failure; where all calls begin must not depend on it.
                throw e;
            }
            return false;
        }
    }

    /**
     * Of two first calls, one makes the image of both. It counts as the sandbox's memory, as long
     * as there is room for it.
     */
    private boolean adoptImage(WasmInstance guest) throws InterruptedException {
        long most = inPages(guest.imageBytes());
        if (!sandbox.hold(most)) {
            return false;
        }
        Optional<InstanceImage> own = Optional.empty();
        try {
            own = Optional.of(guest.image());
        } finally {
            sandbox.release(own.isPresent() ? most - held(own.get()) : most);
        }
        InstanceImage adopted = image.compareAndExchange(null, own.get());
        if (adopted != null) {
            sandbox.release(held(own.get()));
        } else if (closed) {
            sandbox.release(forget());
        }
        guest.adopt(adopted == null ? own.get() : adopted);
        return true;
    }

    /**
     * Forgets the image. Instances that have it keep it; the next call without one makes another.
     *
     * @return how many bytes of the sandbox's memory it was
     */
    long forget() {
        InstanceImage last = image.getAndSet(null);
        return last == null ? 0 : held(last);
    }

    private static long held(InstanceImage image) {
        return inPages(image.bytes());
    }

    /** In whole pages, as all counts that is beside memory and tables. */
    private static long inPages(long bytes) {
        return bytes / PAGE_BYTES * PAGE_BYTES;
    }

    /** Gives the image back to the sandbox. */
    void close() {
        closed = true;
        sandbox.release(forget());
    }

    /** Whether nobody was told yet what the guest logs when it begins; true once. */
    boolean tellsBeginning() {
        return !told.get() && told.compareAndSet(false, true);
    }

    /** Takes that back: what it told was dropped. */
    void tellBeginningAgain() {
        told.set(false);
    }

    /** Lets a guest that has begun process a call's text. */
    Answer process(WasmInstance guest, GuestCall call, GuestStreams streams, AnswerRoom room)
            throws InterruptedException {
        guest.begin(Spending.until(fuel, call.deadlineNanos()));
        try {
            return abi.call(guest, call, streams, room);
        } catch (GuestAbortException e) {
            throw e.failure();
        } finally {
            if (countsFuel) {
                call.usedFuel(guest.fuelUsed());
            }
        }
    }
}
