package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.abi.Answer;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.PlainReason;
import io.github.dagwasm.wasm.engine.Spending;
import java.util.Set;

/**
 * Untrusted module that processes texts. Each call has an instance that begins where all of them
 * do, and of which nothing is left when the answer goes on: what the call changed is set back, or
 * the instance is dropped, as it is after any failure. Safe for use by any number of threads.
 */
final class Guest implements AutoCloseable {

    /**
     * Settings of a guest.
     *
     * @param limits what one call may use
     * @param fuel how much fuel one call may use; {@link Spending#UNLIMITED_FUEL} for any
     * @param surroundings what WASI shows of the outside, if the module imports that
     */
    record Settings(GuestLimits limits, long fuel, GuestSurroundings surroundings) {}

    /**
     * Reads the answer of a call, while failures of the JVM are still those of the call.
     *
     * @param <T> what is made of the answer
     */
    interface AnswerReader<T> {

        T read(Answer answer);
    }

    private final Settings settings;
    private final ModuleCache.Lease lease;
    private final GuestLog log;
    private final Slots slots;
    private final Sandbox sandbox;
    private final GuestStack stack;
    private final Set<String> attributes;
    private final boolean carriesBytes;

    Guest(
            Settings settings,
            ModuleCache.Lease lease,
            Sandbox sandbox,
            SureStacks stacks,
            GuestAbi abi,
            GuestLog log) {
        this.settings = settings;
        this.lease = lease;
        this.sandbox = sandbox;
        this.log = log;
        attributes = abi.attributes();
        carriesBytes = abi.carriesBytes();
        GuestLimits limits = settings.limits();
        InstanceLimits instanceLimits =
                new InstanceLimits(
                        limits.memoryBytes(),
                        limits.tableEntries(),
                        limits.callDepth(),
                        limits.stackBytes());
        GuestStart start =
                new GuestStart(
                        lease.module(),
                        abi,
                        instanceLimits,
                        settings.fuel(),
                        settings.surroundings(),
                        sandbox);
        slots = new Slots(start, sandbox, limits.logBytes());
        stack = new GuestStack(stacks, limits.stackBytes());
    }

    Settings settings() {
        return settings;
    }

    /**
     * Whether some functions of the module are interpreted, since they are too large to compile.
     */
    boolean partlyInterpreted() {
        return lease.module().partlyInterpreted();
    }

    /** The digest of the module's bytes. */
    String sha256() {
        return lease.sha256();
    }

    /** Names of the attributes that a call shows to the guest. */
    Set<String> attributes() {
        return attributes;
    }

    /** Whether texts may be any bytes, in both directions. */
    boolean carriesBytes() {
        return carriesBytes;
    }

    /**
     * Lets the guest process a text.
     *
     * @param call the text, and what there is for it
     * @param reader makes the result of the answer
     * @param <T> the result
     * @return the result
     * @throws InterruptedException if the thread was interrupted, or the deadline has passed
     * @throws DagWasmException if the text or the answer is too large or cannot be carried, if the
     *     guest failed, or if there is no room beside other calls
     */
    <T> T call(GuestCall call, AnswerReader<T> reader) throws InterruptedException {
        try {
            return reader.read(limited(call));
        } catch (DagWasmException | InterruptedException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new TrapException(
                    "the thread that calls has too little stack left to call a guest", e);
        } catch (OutOfMemoryError e) {
            // The heap may end while a text is copied; nobody else is to learn of that as an Error.
            throw sandbox.heapSpent(e);
        } catch (RuntimeException | Error e) {
            throw new TrapException("the call failed in the JVM: " + PlainReason.of(e), e);
        }
    }

    private Answer limited(GuestCall call) throws InterruptedException {
        Text input = call.text();
        GuestLimits limits = settings.limits();
        if (input.byteLength() > limits.inputBytes()) {
            throw new LimitExceededException(
                    "input bytes", limits.inputBytes(), input.byteLength(), "limits.input_bytes");
        }
        Answer answer = inSlots(call);
        if (!carriesBytes) {
            requireText(answer.text());
        }
        return answer;
    }

    /**
     * Sees that a guest's output is a text.
     *
     * @throws GuestFailureException if it is not
     */
    static void requireText(Text output) {
        try {
            var unused = output.utf8Length();
        } catch (MalformedTextException e) {
            throw new GuestFailureException(
                    "the guest's output is not UTF-8: " + e.getMessage(), e);
        }
    }

    private Answer inSlots(GuestCall call) throws InterruptedException {
        Slot slot = slots.take(call);
        try {
            return inSlot(slot, call);
        } catch (SandboxFullException e) {
            return inLargerSlots(slot, call, e);
        }
    }

    /** Begins anew, with more room, as long as others are in the way and there is patience left. */
    private Answer inLargerSlots(Slot first, GuestCall call, SandboxFullException failure)
            throws InterruptedException {
        Slot slot = first;
        SandboxFullException full = failure;
        long patience = slots.patience();
        while (slot.missed() > 0) {
            long before = System.nanoTime();
            slot = slots.again(call, slot.missed(), patience);
            patience -= System.nanoTime() - before;
            try {
                return inSlot(slot, call);
            } catch (SandboxFullException e) {
                full = e;
            }
        }
        throw full;
    }

    /** The slot is given back before the log is written: nothing of the call is in it by then. */
    private Answer inSlot(Slot slot, GuestCall call) throws InterruptedException {
        Answer output;
        CallLog.Logged logged;
        try {
            output = stack.process(slot, call, settings.limits().outputBytes());
            logged = slot.logged();
            slots.release(slot);
        } catch (RuntimeException | Error | InterruptedException e) {
            slot.close();
            if (slot.missed() == 0) {
                flush(slot, e);
            } else {
                slot.forgetAttempt();
            }
            throw e;
        }
        write(logged);
        return output;
    }

    private void write(CallLog.Logged logged) {
        try {
            log.flush(logged);
        } catch (RuntimeException | Error e) {
            throw new TrapException("the guest's log could not be written", e);
        }
    }

    private void flush(Slot slot, Throwable failure) {
        try {
            log.flush(slot.logged());
        } catch (RuntimeException | Error logging) {
            // Why the guest failed is the news, not that its log could not be written.
            failure.addSuppressed(logging);
        }
    }

    @Override
    public void close() {
        slots.close();
        log.close();
        lease.close();
    }
}
