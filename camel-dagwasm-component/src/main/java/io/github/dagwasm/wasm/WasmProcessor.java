package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.GuestFailureException;
import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.LimitExceededException;
import io.github.dagwasm.spi.Limits;
import io.github.dagwasm.spi.MalformedTextException;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.Text;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TrapException;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Calls a guest for each text. Every call has a fresh instance, made and initialised within the
 * call, so that its deadline covers that too, and dropped at its end.
 */
final class WasmProcessor implements TextProcessor {

    /** A reactor's initialisation, which no engine calls by itself. */
    static final String INITIALIZE = "_initialize";

    private static final int RESULT_CODE_POINTS = 4096;

    /**
     * What the processor is made of.
     *
     * @param resource the module, as written in the pipeline file
     * @param intent what its output is
     * @param limits what one call may use
     * @param names what the user calls a key of the processor
     */
    record Settings(String resource, Intent intent, Limits limits, UnaryOperator<String> names) {}

    private final Settings settings;
    private final ModuleCache.Lease lease;
    private final Sandbox sandbox;
    private final GuestAbi abi;
    private final GuestLog log;
    private final InstanceLimits instanceLimits;
    private final boolean reactor;

    WasmProcessor(
            Settings settings,
            ModuleCache.Lease lease,
            Sandbox sandbox,
            GuestAbi abi,
            GuestLog log) {
        this.settings = settings;
        this.lease = lease;
        this.sandbox = sandbox;
        this.abi = abi;
        this.log = log;
        instanceLimits =
                new InstanceLimits(
                        settings.limits().memoryBytes(),
                        settings.limits().tableEntries(),
                        settings.limits().callDepth());
        reactor = lease.module().function(INITIALIZE).isPresent();
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
        return LimitKeys.values(settings.limits());
    }

    /** True: guest code looks at the interrupt flag at every back edge and call. */
    @Override
    public boolean stopsOnInterrupt() {
        return true;
    }

    @Override
    public ProcessorResult process(ProcessorCall call) throws InterruptedException {
        try {
            return limited(call);
        } catch (LimitExceededException e) {
            throw e.withOption(settings.names().apply(e.option()));
        }
    }

    private ProcessorResult limited(ProcessorCall call) throws InterruptedException {
        Text input = call.text();
        Limits limits = settings.limits();
        if (input.utf8Length() > limits.inputBytes()) {
            throw new LimitExceededException(
                    "input bytes", limits.inputBytes(), input.utf8Length(), "limits.input_bytes");
        }
        CallLog callLog = new CallLog(limits.logBytes());
        try {
            return logged(call, callLog);
        } catch (DagWasmException | InterruptedException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // The heap may end while a text is copied; nobody else is to learn of that as an Error.
            throw new TrapException("the call failed in the JVM: " + e, e);
        }
    }

    private ProcessorResult logged(ProcessorCall call, CallLog callLog)
            throws InterruptedException {
        ProcessorResult result;
        try {
            result = result(call.text(), checked(inSandbox(call, callLog)));
        } catch (RuntimeException | Error | InterruptedException e) {
            try {
                log.flush(callLog);
            } catch (RuntimeException | Error logging) {
                // Why the guest failed is the news, not that its log could not be written.
                e.addSuppressed(logging);
            }
            throw e;
        }
        log.flush(callLog);
        return result;
    }

    @Override
    public void close() {
        log.close();
        lease.close();
    }

    /** The room is given back before the log is written: the instance is gone by then. */
    private Text inSandbox(ProcessorCall call, CallLog callLog) throws InterruptedException {
        long initialBytes = lease.module().initialBytes();
        try (Sandbox.Share room = sandbox.enter(initialBytes, call.remainingNanos())) {
            return run(call.text(), callLog, room);
        }
    }

    private Text run(Text input, CallLog callLog, MemoryReserve room) throws InterruptedException {
        WasmModule module = lease.module();
        WasmInstance instance =
                module.instantiate(List.of(callLog.hostFunction()), instanceLimits, room);
        if (reactor) {
            instance.call(INITIALIZE);
        }
        try {
            return abi.call(instance, input, settings.limits().outputBytes());
        } catch (GuestFailureException e) {
            // An allocator that gets no memory returns a null pointer: then the limit is the news.
            Optional<DagWasmException> refused = instance.memory().refusedGrowth();
            refused.ifPresent(limit -> limit.addSuppressed(e));
            throw refused.isPresent() ? refused.get() : e;
        }
    }

    private static Text checked(Text output) {
        try {
            output.utf8Length();
            return output;
        } catch (MalformedTextException e) {
            throw new GuestFailureException(
                    "the guest's output is not UTF-8: " + e.getMessage(), e);
        }
    }

    private ProcessorResult result(Text input, Text output) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("module_path", settings.resource());
        metadata.put("input_length", Integer.toString(input.utf8Length()));
        metadata.put("output_length", Integer.toString(output.utf8Length()));
        if (settings.intent() == Intent.ANALYZE) {
            metadata.put("result", GuestText.escape(output.string(), RESULT_CODE_POINTS));
            return ProcessorResult.of(input, metadata);
        }
        return ProcessorResult.of(output, metadata);
    }
}
