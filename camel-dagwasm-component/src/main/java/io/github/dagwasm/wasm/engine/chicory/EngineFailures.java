package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.failure.GuestFrames;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.PlainReason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;

/**
 * Where everything that Chicory throws, or makes the JVM throw, gets a name of the family. An
 * object of it knows what one instance was refused.
 */
final class EngineFailures {

    private static final int MAX_MESSAGE = 300;
    private static final int MAX_CAUSES = 16;

    /** What Chicory's compiled code and its interpreter say of this instruction. */
    private static final String UNREACHABLE = "Trapped on unreachable instruction";

    /** Identities of objects, qualified names of classes, names of exceptions. */
    private static final Pattern INNARDS =
            Pattern.compile(
                    "@[0-9a-f]{4,}|([a-z][a-z0-9]*[./]){2,}[$A-Z]|[A-Za-z](Exception|Error)\\b");

    private final InstanceLimits limits;
    private final Growth growth;
    private final Meter meter;
    private final UnwoundCalls unwound;
    private final IntPredicate compiled;
    private final Function<Set<Integer>, Map<Integer, String>> names;

    /**
     * The failures of one instance.
     *
     * @param limits what it may have
     * @param growth what it was refused
     * @param meter what it has spent
     * @param unwound which interpreted functions its last failure has left
     * @param compiled whether the function of an index was compiled
     * @param names how its functions are called, by their indices
     */
    EngineFailures(
            InstanceLimits limits,
            Growth growth,
            Meter meter,
            UnwoundCalls unwound,
            IntPredicate compiled,
            Function<Set<Integer>, Map<Integer, String>> names) {
        this.limits = limits;
        this.growth = growth;
        this.meter = meter;
        this.unwound = unwound;
        this.compiled = compiled;
        this.names = names;
    }

    /** What to say of a module that could not be parsed or compiled. */
    static ModuleRefusedException refusal(Throwable t) {
        if (t instanceof ModuleRefusedException refused) {
            return refused;
        }
        if (cause(t, OutOfMemoryError.class).isPresent()) {
            return new ModuleRefusedException("the JVM's memory does not suffice to load it", t);
        }
        if (cause(t, StackOverflowError.class).isPresent()) {
            return new ModuleRefusedException("it is nested too deeply to be loaded", t);
        }
        if (cause(t, NoSuchMethodError.class).isPresent()
                || cause(t, NoClassDefFoundError.class).isPresent()) {
            return new ModuleRefusedException(
                    "the compiler does not fit its own dependencies; another version of"
                            + " org.ow2.asm on the class path?",
                    t);
        }
        if (cause(t, MethodTooLargeException.class).isPresent()
                || cause(t, ClassTooLargeException.class).isPresent()) {
            return new ModuleRefusedException(
                    "it is too large to be compiled: what calls its functions by their types does"
                            + " not fit into a JVM method or class",
                    t);
        }
        if (t instanceof ChicoryException) {
            return new ModuleRefusedException("it is not valid: " + words(t), t);
        }
        return new ModuleRefusedException("the engine cannot load it: " + PlainReason.of(t), t);
    }

    /**
     * What to say of an instantiation or a call that failed, and where in the guest that was.
     *
     * @throws DeadlinePassedException if time was up
     * @throws GuestExitException if the guest ended itself
     * @throws InterruptedException if it was an interrupt that ended the call; the thread's flag,
     *     which Chicory leaves set, is clear then
     */
    DagWasmException failure(Throwable t) throws InterruptedException {
        try {
            return placed(named(t), t);
        } catch (GuestExitException exit) {
            throw exit.code() == 0 ? exit : placed(exit, t);
        } finally {
            unwound.clear();
        }
    }

    private <T extends Throwable> T placed(T failure, Throwable thrown) {
        return GuestFrames.putOn(failure, GuestTrace.of(thrown, unwound, compiled, names));
    }

    private DagWasmException named(Throwable t) throws InterruptedException {
        Optional<DagWasmException> ours = cause(t, DagWasmException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        Optional<GuestExitException> exit = cause(t, GuestExitException.class);
        if (exit.isPresent()) {
            throw exit.get();
        }
        if (cause(t, ChicoryInterruptedException.class).isPresent()) {
            Thread.interrupted();
            throw new InterruptedException("the guest was interrupted");
        }
        Optional<SpentException> spent = cause(t, SpentException.class);
        if (spent.isPresent()) {
            if (spent.get().isTime()) {
                throw new DeadlinePassedException();
            }
            return LimitExceededException.byMore("fuel", meter.fuel(), "options.fuel_level");
        }
        Optional<OutOfMemoryError> heap = cause(t, OutOfMemoryError.class);
        if (heap.isPresent()) {
            return growth.heapSpent(heap.get());
        }
        Optional<CallDepthException> deep = cause(t, CallDepthException.class);
        if (deep.isPresent()) {
            return tooDeep(deep.get().missingStack());
        }
        Optional<DagWasmException> refused = growth.refused();
        return refused.isPresent() ? afterRefusal(refused.get(), t) : trap(t, "");
    }

    private LimitExceededException tooDeep(long missingStack) {
        if (missingStack == 0) {
            long depth = limits.callDepth();
            return new LimitExceededException("open calls", depth, depth + 1, "limits.call_depth");
        }
        long stack = limits.stackBytes();
        return new LimitExceededException(
                "bytes of call stack", stack, stack + missingStack, "limits.stack_kb");
    }

    /**
     * A guest that gets no memory gives up by `unreachable` or an exception; then the refusal is
     * the news. Any other trap may have another reason.
     */
    private static DagWasmException afterRefusal(DagWasmException refused, Throwable t) {
        if (cause(t, WasmException.class).isPresent()) {
            return refused;
        }
        if (cause(t, com.dylibso.chicory.runtime.TrapException.class)
                .filter(trap -> UNREACHABLE.equals(trap.getMessage()))
                .isPresent()) {
            refused.addSuppressed(t);
            return refused;
        }
        TrapException trap = trap(t, ", after it was refused memory or table entries");
        trap.addSuppressed(refused);
        return trap;
    }

    private static TrapException trap(Throwable t, String hint) {
        if (cause(t, WasmException.class).isPresent()) {
            // Without its cause, which holds the instance and so all of its memory.
            return new TrapException("the guest trapped: uncaught exception");
        }
        if (cause(t, StackOverflowError.class).isPresent()) {
            return new TrapException("the guest trapped: call stack exhausted" + hint, t);
        }
        if (t instanceof ChicoryException) {
            return new TrapException("the guest trapped: " + words(t) + hint, t);
        }
        return new TrapException(
                "the guest brought the engine to fail: " + PlainReason.of(t) + hint, t);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable t, Class<T> type) {
        Throwable at = t;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    /**
     * What the engine says itself. It may hold names that are the module's, so it counts as the
     * guest's; what is of use to programmers of the engine only is left out.
     */
    private static String words(Throwable t) {
        String message = String.valueOf(t.getMessage());
        return t.getMessage() == null || INNARDS.matcher(message).find()
                ? PlainReason.of(t)
                : GuestText.escape(message, MAX_MESSAGE);
    }
}
