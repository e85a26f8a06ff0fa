package io.github.dagwasm.hostile;

import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.spi.SandboxFullException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Main class of a JVM of its own, whose heap is to hold whatever many guests grow by at one time.
 * Says how many calls were answered and how many were told that the sandbox is full; any other
 * ending is an exception.
 */
public final class GrowingMessages {

    /** How many messages each thread sends. */
    static final int MESSAGES = 3;

    private GrowingMessages() {}

    /**
     * Runs messages.
     *
     * @param args a folder for modules, the {@link GrowingGuest}, the number of threads
     */
    public static void main(String[] args) throws Exception {
        GrowingGuest guest = GrowingGuest.valueOf(args[1]);
        int threads = Integer.parseInt(args[2]);
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger full = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Sandbox sandbox = new Sandbox(Path.of(args[0]), new Overshoots())) {
            try (Pipeline pipeline = sandbox.load(guest.module(), patient())) {
                List<Future<?>> all =
                        IntStream.range(0, threads)
                                .<Future<?>>mapToObj(
                                        i -> pool.submit(() -> run(pipeline, answered, full)))
                                .toList();
                for (Future<?> each : all) {
                    each.get();
                }
            }
            sandbox.worksAsBefore();
        } finally {
            pool.shutdownNow();
        }
        System.out.println("answered " + answered + ", full " + full);
    }

    /** The machine may be slow; nothing here is to end for want of time. */
    private static Attack.Setting patient() {
        return new Attack.Setting(600, "", "", "", "");
    }

    private static void run(Pipeline pipeline, AtomicInteger answered, AtomicInteger full) {
        for (int i = 0; i < MESSAGES; i++) {
            String message = "message " + i;
            RunResult result = Sandbox.run(pipeline, message);
            if (result.failure().isEmpty()) {
                if (!result.text().string().equals(message)) {
                    throw new AssertionError(result.text().string());
                }
                answered.incrementAndGet();
            } else if (result.failure().get().getCause() instanceof SandboxFullException) {
                full.incrementAndGet();
            } else {
                throw result.failure().get();
            }
        }
    }
}
