package io.github.dagwasm.benchmarks.worker;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that call all at once, each with a caller of its own. */
final class Crew implements AutoCloseable {

    /** By its full name: the package is the JDK's supported one, though it looks internal. */
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Long enough that reading the clock does not count. */
    private static final double BATCH_NANOS = 20_000;

    private static final int LARGEST_BATCH = 10_000;

    private final Assignment assignment;
    private final List<Member> members = new ArrayList<>();
    private int batch = 1;

    Crew(Assignment assignment) {
        this.assignment = assignment;
    }

    /**
     * One of the crew, who has the same thread all the time.
     *
     * @param caller what it calls
     * @param thread the thread
     */
    private record Member(Caller caller, ExecutorService thread) {}

    /**
     * What one thread saw.
     *
     * @param calls how many calls it made
     * @param nanos in which time
     * @param cpuNanos how long it had a processor in it
     * @param bytes what it allocated
     */
    record Sight(long calls, long nanos, long cpuNanos, long bytes) {}

    /**
     * Calls for a time, and at least once.
     *
     * @return what each thread saw
     */
    List<Sight> call(int count, long nanos) throws Exception {
        while (members.size() < count) {
            Caller caller = assignment.embedding().caller();
            assignment.verify(caller);
            members.add(new Member(caller, Executors.newSingleThreadExecutor()));
        }
        CyclicBarrier start = new CyclicBarrier(count);
        List<Future<Sight>> calling = new ArrayList<>();
        for (Member member : members.subList(0, count)) {
            calling.add(
                    member.thread()
                            .submit(
                                    () -> {
                                        start.await();
                                        return calling(member.caller(), nanos);
                                    }));
        }
        List<Sight> sights = new ArrayList<>();
        for (Future<Sight> done : calling) {
            sights.add(sight(done));
        }
        Sight first = sights.get(0);
        double each = (double) first.nanos() / first.calls();
        batch = (int) Math.max(1, Math.min(LARGEST_BATCH, BATCH_NANOS / each));
        return sights;
    }

    private static Sight sight(Future<Sight> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call failed", e);
        }
    }

    private Sight calling(Caller caller, long nanos) throws Exception {
        int together = batch;
        long id = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(id);
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        long calls = 0;
        long elapsed;
        do {
            several(caller, together);
            calls += together;
            elapsed = System.nanoTime() - start;
        } while (elapsed < nanos);
        return new Sight(
                calls,
                elapsed,
                THREADS.getCurrentThreadCpuTime() - cpu,
                THREADS.getThreadAllocatedBytes(id) - bytes);
    }

    private void several(Caller caller, int count) throws Exception {
        String input = assignment.input();
        for (int i = 0; i < count; i++) {
            Sink.take(caller.call(input));
        }
    }

    @Override
    public void close() {
        members.forEach(member -> member.thread().shutdownNow());
        assignment.embedding().close();
    }
}
