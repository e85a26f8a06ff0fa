package io.github.dagwasm.examples;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Chooses moments to kill at: each in a portion of the inputs of its own, at a random one of them
 * and some random time after it.
 */
public final class Crashes {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_MILLIS_AFTER = 50;

    private final Random random;
    private final long seed;
    private final int portions;

    /**
     * Spreads kills.
     *
     * @param seed what the choice is made from, to be printed
     * @param kills how many kills there will be
     */
    public Crashes(long seed, int kills) {
        this.seed = seed;
        random = new Random(seed);
        portions = kills + 1;
    }

    /** What the moments are chosen from. */
    public long seed() {
        return seed;
    }

    /**
     * The size of a portion: one before each kill, and one after the last.
     *
     * @param inputs how many there are in all
     * @param portion the number of the portion, from 0
     */
    public int portion(int inputs, int portion) {
        return inputs / portions + (portion < inputs % portions ? 1 : 0);
    }

    /**
     * Waits for the next moment, which lies in the last portion. Work is left then, however fast it
     * goes, if the inputs have one more that cannot be processed.
     *
     * @param portion how many inputs came last
     * @param inputs how many have come in all and can be processed
     * @param processed how many inputs have a result
     * @param alive whether that which works still does
     */
    public void awaitNext(int portion, int inputs, IntSupplier processed, BooleanSupplier alive)
            throws InterruptedException {
        awaitProcessed(inputs - random.nextInt(portion), processed, alive);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS_AFTER));
    }

    /** Waits until so many inputs have a result. */
    public static void awaitProcessed(int count, IntSupplier processed, BooleanSupplier alive) {
        awaitUntil(() -> processed.getAsInt() >= count, alive);
    }

    /** Waits until something is so. */
    public static void awaitUntil(BooleanSupplier so, BooleanSupplier alive) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> {
                            if (!alive.getAsBoolean()) {
                                throw new IllegalStateException("it has ended by itself");
                            }
                            return so.getAsBoolean();
                        });
    }
}
