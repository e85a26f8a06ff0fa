package io.github.dagwasm.hostile;

import io.github.dagwasm.failure.SandboxFullException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many callers at one time, in a JVM of their own whose heap is to suffice: counts how many were
 * answered and how many were told that the sandbox is full. Any other ending is an exception.
 */
public final class Crowd {

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger full = new AtomicInteger();

    /**
     * Lets as many threads do the same at one time, and waits for all.
     *
     * @param threads how many
     * @param task what each does
     */
    public void run(int threads, Callable<?> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<? extends Future<?>> all =
                    IntStream.range(0, threads).mapToObj(i -> pool.submit(task)).toList();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Counts an answer. */
    public void answered() {
        answered.incrementAndGet();
    }

    /**
     * Counts a failure.
     *
     * @param failure that, or its cause, says that the sandbox is full
     */
    public void failed(Throwable failure) {
        if (!(failure instanceof SandboxFullException)
                && !(failure.getCause() instanceof SandboxFullException)) {
            throw new AssertionError(failure);
        }
        full.incrementAndGet();
    }

    /** Writes the counts, for {@link ChildJvm.Ended#counts()}. */
    public void tell() {
        System.out.println("answered " + answered + ", full " + full);
    }
}
