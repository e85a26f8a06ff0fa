package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.spi.ModuleRefusedException;
import io.github.dagwasm.spi.TrapException;
import java.util.Optional;

/** Where everything that Chicory throws, or makes the JVM throw, gets a name of the family. */
final class EngineFailures {

    private static final int MAX_MESSAGE = 300;
    private static final int MAX_CAUSES = 16;

    private EngineFailures() {}

    /** What to say of a module that could not be parsed or compiled. */
    static ModuleRefusedException refusal(Throwable t) {
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
                            + " org.ow2.asm on the class path? ("
                            + shown(t)
                            + ")",
                    t);
        }
        if (t instanceof ChicoryException) {
            return new ModuleRefusedException("it is not valid: " + message(t), t);
        }
        return new ModuleRefusedException("the engine cannot load it: " + shown(t), t);
    }

    /**
     * What to say of a call that failed.
     *
     * @throws InterruptedException if it was an interrupt that ended the call; the thread's flag,
     *     which Chicory leaves set, is clear then
     */
    static DagWasmException failure(Throwable t, ChicoryMemory memory) throws InterruptedException {
        Optional<DagWasmException> ours = cause(t, DagWasmException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        if (cause(t, ChicoryInterruptedException.class).isPresent()) {
            Thread.interrupted();
            throw new InterruptedException("the guest was interrupted");
        }
        boolean thrownByGuest = cause(t, WasmException.class).isPresent();
        Optional<DagWasmException> refused = memory.refusedGrowth();
        if (refused.isPresent()) {
            if (!thrownByGuest) {
                refused.get().addSuppressed(t);
            }
            return refused.get();
        }
        if (thrownByGuest) {
            // Without its cause, which holds the instance and so all of its memory.
            return new TrapException("the guest trapped: uncaught exception");
        }
        if (cause(t, StackOverflowError.class).isPresent()) {
            return new TrapException("the guest trapped: call stack exhausted", t);
        }
        if (t instanceof ChicoryException) {
            return new TrapException("the guest trapped: " + message(t), t);
        }
        return new TrapException("the guest brought the engine to fail: " + shown(t), t);
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

    private static String shown(Throwable t) {
        return t.getClass().getSimpleName() + (t.getMessage() == null ? "" : ": " + message(t));
    }

    /** The engine's words may hold names that are the module's, so they count as the guest's. */
    private static String message(Throwable t) {
        return GuestText.escape(String.valueOf(t.getMessage()), MAX_MESSAGE);
    }
}
