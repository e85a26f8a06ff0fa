package io.github.dagwasm.wasm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The processor time of one thread's work, which other threads read: on a busy machine the work
 * takes longer, and is not more. Where the JVM does not measure that, the time that has gone by.
 * Safe for use by any number of threads.
 */
final class WorkTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean MEASURED =
            THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    /** Where the work began, and on which thread. */
    private record Begin(long thread, long nanos) {}

    private volatile Begin begin;

    /** The work begins, on this thread. */
    void start() {
        long thread = Thread.currentThread().getId();
        begin = new Begin(thread, now(thread));
    }

    /** Nanoseconds since the work began; 0 before that. */
    long nanos() {
        Begin began = begin;
        return began == null ? 0 : Math.max(0, now(began.thread()) - began.nanos());
    }

    /** A thread that has ended has used nothing more that anybody waits for. */
    private static long now(long thread) {
        return MEASURED ? Math.max(0, THREADS.getThreadCpuTime(thread)) : System.nanoTime();
    }
}
