package io.github.dagwasm.cli.serve;

import io.github.dagwasm.cli.serve.Tally.Counts;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells how many exchanges are over: on a terminal in a line that changes, elsewhere now and then,
 * while something happens. It owns its thread.
 */
final class Progress implements AutoCloseable {

    private final Tally tally;
    private final StatusLine status;
    private final boolean live;
    private final Duration every;
    private final ScheduledThreadPoolExecutor timer;
    private Counts before;
    private long beforeNanos;

    /**
     * Tells nothing yet.
     *
     * @param live whether to change the last line, or else to write one more
     * @param every how often to tell
     */
    Progress(Tally tally, StatusLine status, boolean live, Duration every) {
        this.tally = tally;
        this.status = status;
        this.live = live;
        this.every = every;
        before = tally.counts();
        timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "dagwasm-progress");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /** From now on. */
    void start() {
        beforeNanos = System.nanoTime();
        long period = every.toNanos();
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::tell, period, period, TimeUnit.NANOSECONDS);
    }

    private void tell() {
        Counts now = tally.counts();
        long nanos = System.nanoTime();
        String text = text(before, now, Duration.ofNanos(nanos - beforeNanos));
        if (live) {
            status.show(text);
        } else if (!now.equals(before)) {
            status.println("so far: " + text);
        }
        before = now;
        beforeNanos = nanos;
    }

    /** What there is to tell, with the rate since the last time. */
    static String text(Counts before, Counts now, Duration between) {
        double seconds = Math.max(1, between.toNanos()) / 1e9;
        double rate = (now.total() - before.total()) / seconds;
        return now + String.format(Locale.ROOT, ", %.1f/s", rate);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (live) {
            status.show("");
        }
    }
}
