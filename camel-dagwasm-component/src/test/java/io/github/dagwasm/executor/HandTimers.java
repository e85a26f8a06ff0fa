package io.github.dagwasm.executor;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Timers that never go off by themselves, but when a test says so: what has begun by then is no
 * matter of the machine's speed.
 */
final class HandTimers extends ScheduledThreadPoolExecutor {

    private static final long NEVER_DAYS = 1000;

    private final Queue<ScheduledFuture<?>> timers = new ConcurrentLinkedQueue<>();
    private final Queue<ScheduledFuture<?>> all = new ConcurrentLinkedQueue<>();
    private final Queue<Duration> delays = new ConcurrentLinkedQueue<>();
    private final AtomicInteger set = new AtomicInteger();
    private volatile Future<?> last;

    HandTimers() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        ScheduledFuture<?> timer = super.schedule(task, NEVER_DAYS, TimeUnit.DAYS);
        timers.add(timer);
        delays.add(Duration.ofNanos(unit.toNanos(delay)));
        all.add(timer);
        set.incrementAndGet();
        return timer;
    }

    /** Lets the oldest timer that is still set go off at a moment, on a thread of its own. */
    void goOffOnce(CountDownLatch moment) {
        on(() -> moment.await());
    }

    /** The same, when so many timers have been set. */
    void goOffOnceSet(int number) {
        on(() -> await().until(() -> set.get() >= number));
    }

    /** After how long the timers were to go off, in the order in which they were set. */
    List<Duration> delays() {
        return List.copyOf(delays);
    }

    /** How many timers are set that are neither cancelled nor, but by hand, gone off. */
    long pending() {
        return all.stream().filter(timer -> !timer.isDone()).count();
    }

    /** Waits until the last one that was to go off has done so, and all that follows from it. */
    void awaitLast() {
        try {
            var unused = last.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private interface Wait {
        void end() throws InterruptedException;
    }

    private void on(Wait wait) {
        last =
                super.schedule(
                        () -> {
                            wait.end();
                            goOff();
                            return null;
                        },
                        0,
                        TimeUnit.NANOSECONDS);
    }

    private void goOff() {
        for (ScheduledFuture<?> timer = timers.poll(); timer != null; timer = timers.poll()) {
            if (!timer.isDone() && timer instanceof Runnable task) {
                task.run();
                return;
            }
        }
        throw new IllegalStateException("no timer is set");
    }
}
