package io.github.dagwasm.executor;

/**
 * Context of a message that is tied to a thread, such as the MDC of its log lines and the current
 * span of its trace. A run takes the context of the thread that starts it to all other threads that
 * work for it. Immutable.
 */
@FunctionalInterface
public interface ThreadContext {

    /** Takes nothing along. */
    ThreadContext NONE = Runnable::run;

    /**
     * Runs a task on the current thread with this context. Afterwards the thread has its own
     * context again, whatever the task did to it.
     *
     * @param task the task; what it throws is thrown
     */
    void run(Runnable task);
}
