package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Metadata;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.abi.Answer;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.PlainReason;
import io.github.dagwasm.wasm.engine.Spending;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Calls a guest for each text. Every call has an instance that begins where all of them do, and of
 * which nothing is left when the answer goes on: what the call changed is set back, or the instance
 * is dropped, as it is after any failure.
 */
final class WasmProcessor implements TextProcessor {

    private static final int RESULT_CODE_POINTS = 4096;

    private static final Metadata.Keys TRANSFORMED =
            Metadata.keys("module_path", "input_length", "output_length");

    private static final Metadata.Keys ANALYZED =
            Metadata.keys("module_path", "input_length", "output_length", "result");

    /**
     * What the processor is made of.
     *
     * @param resource the module, as written in the pipeline file
     * @param intent what its output is
     * @param entries whether its output, to be analyzed, is an object of metadata's entries
     * @param limits what one call may use
     * @param fuel how much fuel one call may use; {@link Spending#UNLIMITED_FUEL} for any
     * @param surroundings what WASI shows the guest of the outside, where its module imports that
     * @param names what the user calls a key of the processor
     */
    record Settings(
            String resource,
            Intent intent,
            boolean entries,
            GuestLimits limits,
            long fuel,
            GuestSurroundings surroundings,
            UnaryOperator<String> names) {}

    private final Settings settings;
    private final ModuleCache.Lease lease;
    private final GuestLog log;
    private final Slots slots;
    private final Sandbox sandbox;
    private final GuestStack stack;
    private final Set<String> attributes;
    private final boolean carriesBytes;

    WasmProcessor(
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

    @Override
    public Intent intent() {
        return settings.intent();
    }

    @Override
    public Optional<String> resource() {
        return Optional.of(settings.resource());
    }

    @Override
    public Optional<String> sha256() {
        return Optional.of(lease.sha256());
    }

    @Override
    public Map<String, Long> limits() {
        Map<String, Long> values = LimitKeys.values(settings.limits());
        if (settings.fuel() != Spending.UNLIMITED_FUEL) {
            values.put(FuelKeys.LEVEL, settings.fuel());
        }
        return values;
    }

    @Override
    public Set<String> attributes() {
        return attributes;
    }

    @Override
    public boolean carriesBytes() {
        return carriesBytes;
    }

    /** True: guest code looks at the interrupt flag at every back edge and call. */
    @Override
    public boolean stopsOnInterrupt() {
        return true;
    }

    /** True: time is charged wherever a guest can spend it. */
    @Override
    public boolean keepsDeadline() {
        return true;
    }

    @Override
    public ProcessorResult process(ProcessorCall call) throws InterruptedException {
        try {
            return limited(new ProcessorGuestCall(call));
        } catch (LimitExceededException e) {
            throw e.withOption(settings.names().apply(e.option()));
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

    private ProcessorResult limited(GuestCall call) throws InterruptedException {
        Text input = call.text();
        GuestLimits limits = settings.limits();
        if (input.byteLength() > limits.inputBytes()) {
            throw new LimitExceededException(
                    "input bytes", limits.inputBytes(), input.byteLength(), "limits.input_bytes");
        }
        Answer answer = inSlots(call);
        return result(input, checked(answer.text()), answer.attributes());
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

    /** Metadata are texts, also where the convention carries bytes. */
    private Text checked(Text output) {
        if (carriesBytes && settings.intent() == Intent.TRANSFORM) {
            return output;
        }
        try {
            var unused = output.utf8Length();
            return output;
        } catch (MalformedTextException e) {
            throw new GuestFailureException(
                    "the guest's output is not UTF-8: " + e.getMessage(), e);
        }
    }

    private ProcessorResult result(Text input, Text output, Map<String, String> handedOn) {
        String module = settings.resource();
        int inputLength = input.byteLength();
        int outputLength = output.byteLength();
        if (settings.entries()) {
            Map<String, String> metadata =
                    new LinkedHashMap<>(TRANSFORMED.of(module, inputLength, outputLength));
            ResultObject.addTo(metadata, output.utf8());
            return new ProcessorResult(input, metadata, handedOn);
        }
        if (settings.intent() == Intent.ANALYZE) {
            String result = GuestText.escape(output.string(), RESULT_CODE_POINTS);
            return new ProcessorResult(
                    input, ANALYZED.of(module, inputLength, outputLength, result), handedOn);
        }
        return new ProcessorResult(
                output, TRANSFORMED.of(module, inputLength, outputLength), handedOn);
    }
}
