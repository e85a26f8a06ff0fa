package io.github.dagwasm.runtime;

import io.github.dagwasm.executor.ThreadContext;
import java.util.Map;
import org.slf4j.MDC;

/**
 * The MDC and the OpenTelemetry context of a thread. OpenTelemetry need not be on the class path.
 * Both take the place of what the other thread has, also where they are empty: a thread may have
 * inherited something from the thread that made it.
 */
public final class CurrentContext implements ThreadContext {

    private static final boolean TRACED = TraceContext.isThere();

    private final Map<String, String> mdc;
    private final ThreadContext trace;

    private CurrentContext(Map<String, String> mdc, ThreadContext trace) {
        this.mdc = mdc;
        this.trace = trace;
    }

    /**
     * Captures the context of the current thread.
     *
     * @return the context as it is now, for any number of other threads
     */
    public static ThreadContext capture() {
        return new CurrentContext(
                MDC.getCopyOfContextMap(), TRACED ? TraceContext.capture() : ThreadContext.NONE);
    }

    /** Removes the context of the current thread, for instance what a new thread has inherited. */
    public static void remove() {
        MDC.clear();
        if (TRACED) {
            TraceContext.remove();
        }
    }

    @Override
    public void run(Runnable task) {
        Map<String, String> own = replaceMdc(mdc);
        try {
            trace.run(task);
        } finally {
            var unused = replaceMdc(own);
        }
    }

    /** Returns the MDC that the thread had; null or empty where it had none. */
    private static Map<String, String> replaceMdc(Map<String, String> mdc) {
        Map<String, String> replaced = MDC.getCopyOfContextMap();
        if (mdc != null && !mdc.isEmpty()) {
            MDC.setContextMap(mdc);
        } else if (replaced != null && !replaced.isEmpty()) {
            MDC.clear();
        }
        return replaced;
    }
}
