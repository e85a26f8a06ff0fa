package io.github.dagwasm.examples;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Chooses moments to kill at, spread over the whole work: each in its own share of the inputs, at a
 * random one of them and some random time after it.
 */
public final class Crashes {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_MILLIS_AFTER = 50;

    private final Random random;
    private final long seed;
    private final int share;

    /**
     * Spreads kills.
     *
     * @param seed what the choice is made from, to be printed
     * @param inputs how many there are in all
     * @param kills how many kills there will be
     */
    public Crashes(long seed, int inputs, int kills) {
        this.seed = seed;
        random = new Random(seed);
        share = inputs / (kills + 1);
    }

    /** What the moments are chosen from. */
    public long seed() {
        return seed;
    }

    /**
     * Waits for the next moment.
     *
     * @param processed how many inputs have a result
     * @param alive whether that which works still does
     */
    public void awaitNext(IntSupplier processed, BooleanSupplier alive)
            throws InterruptedException {
        int moment = processed.getAsInt() + 1 + random.nextInt(Math.max(1, share - 1));
        awaitProcessed(moment, processed, alive);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS_AFTER));
    }

    /** Waits until so many inputs have a result. */
    public static void awaitProcessed(int count, IntSupplier processed, BooleanSupplier alive) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> {
                            if (!alive.getAsBoolean()) {
                                throw new IllegalStateException("it has ended by itself");
                            }
                            return processed.getAsInt() >= count;
                        });
    }
}
