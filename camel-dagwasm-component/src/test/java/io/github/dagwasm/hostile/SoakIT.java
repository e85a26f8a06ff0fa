package io.github.dagwasm.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.hostile.SoakGuests.Guest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages for a long time, one in a hundred to a hostile guest. On demand: see CONTRIBUTING.md.
 */
@Tag("soak")
class SoakIT {

    private static final long MESSAGES = Long.getLong("dagwasm.soak.messages", 2_000_000);
    private static final int THREADS = 2;
    private static final int HOSTILE_ONE_IN = 100;
    private static final int SAMPLES = 20;
    private static final long MOST_KEPT_BYTES = 4 << 20;

    @TempDir Path folder;

    private final AtomicLong taken = new AtomicLong();

    @Test
    void everyAnswerIsRightAndNothingIsLeftBehind() throws Exception {
        Set<String> threads = Leftovers.threads();
        List<Long> used = new ArrayList<>();
        PrintStream log = System.err;
        // What guests log is not the question here, but it is written all the same.
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
        try (SoakGuests guests = new SoakGuests(folder)) {
            for (int sample = 1; sample <= SAMPLES; sample++) {
                sendUpTo(MESSAGES * sample / SAMPLES, guests);
                // A thread leaves one for the next message, for each guest.
                assertThat(Leftovers.countLiveInstances())
                        .isLessThanOrEqualTo(THREADS * (guests.hostile().size() + 1));
                // Idle guests that grew may keep their memory, and are counted with it.
                long counted = guests.countedBytes();
                used.add(Leftovers.used() - counted);
                System.out.printf(
                        "soak: %d messages, %d KiB of heap in use beside %d KiB of guests%n",
                        taken.get(), used.get(sample - 1) >> 10, counted >> 10);
            }
        } finally {
            System.setErr(log);
        }

        assertThat(Leftovers.liveInstances()).isEmpty();
        assertThat(used.get(SAMPLES - 1) - used.get(0)).isLessThan(MOST_KEPT_BYTES);
        Leftovers.awaitNoThreadBeside(threads);
    }

    /** Returns when so many messages have been answered, all samples together. */
    private void sendUpTo(long messages, SoakGuests guests) {
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(callers.submit(() -> send(messages, guests)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            callers.shutdownNow();
        }
    }

    private void send(long messages, SoakGuests guests) {
        List<Guest> hostile = guests.hostile();
        for (long number = next(messages); number < messages; number = next(messages)) {
            if (number % HOSTILE_ONE_IN == 0) {
                hostile.get((int) (number / HOSTILE_ONE_IN % hostile.size())).check("abc");
            } else {
                guests.good().check("message " + number);
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    /** The next message's number, or the end if there is none before it. */
    private long next(long end) {
        return taken.getAndUpdate(number -> Math.min(number + 1, end));
    }
}
