package io.github.dagwasm.runtime;

import io.github.dagwasm.executor.ThreadContext;
import io.opentelemetry.context.Context;

/** The current OpenTelemetry context. The only class that needs its API. */
final class TraceContext implements ThreadContext {

    private final Context context;

    private TraceContext(Context context) {
        this.context = context;
    }

    /** Whether OpenTelemetry is on the class path. */
    static boolean isThere() {
        try {
            return Context.root() != null;
        } catch (LinkageError e) {
            return false;
        }
    }

    static ThreadContext capture() {
        return new TraceContext(Context.current());
    }

    static void remove() {
        restore(Context.root());
    }

    @Override
    public void run(Runnable task) {
        Context own = Context.current();
        try {
            context.wrap(task).run();
        } finally {
            restore(own);
        }
    }

    /**
     * Closing a scope does nothing if another context is current. Camel leaves one behind: it
     * closes scopes on the thread on which an exchange goes on, which is not always the thread that
     * opened them.
     */
    @SuppressWarnings("MustBeClosedChecker")
    private static void restore(Context own) {
        if (Context.current() != own) {
            var unused = own.makeCurrent();
        }
    }
}
