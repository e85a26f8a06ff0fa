package io.github.dagwasm.spi;

import io.github.dagwasm.text.Text;
import java.util.Map;
import java.util.Optional;

/** One call of a processor, as the processor sees it. */
public interface ProcessorCall {

    /** What {@link #remainingNanos()} says where no deadline is set. */
    long NO_DEADLINE = Long.MAX_VALUE;

    /**
     * The input.
     *
     * @return the text, never null
     */
    Text text();

    /**
     * What surrounds the text and was let in by an allow-list, such as a message's headers: what
     * {@linkplain PipelineProcessor#attributes() the run's processors ask for}, be it this one or
     * another.
     *
     * @return names and values, unmodifiable
     */
    Map<String, String> attributes();

    /**
     * The time left until this try is stopped.
     *
     * @return nanoseconds, not positive when time is up, {@link #NO_DEADLINE} without a deadline
     */
    long remainingNanos();

    /**
     * When this try is stopped: for a processor that compares times itself, and need not read the
     * clock to learn it.
     *
     * @return the time as {@link System#nanoTime()} counts, to be compared by its difference;
     *     {@link #NO_DEADLINE} without a deadline
     */
    default long deadlineNanos() {
        long remaining = remainingNanos();
        return remaining == NO_DEADLINE ? NO_DEADLINE : System.nanoTime() + remaining;
    }

    /**
     * Whether the result is no longer wanted: the run was cancelled or time is up. A long-running
     * processor asks now and then.
     *
     * @return true once the result will be dropped
     */
    boolean cancelled();

    /**
     * What the caller of the run passed along for processors that know it, such as the exchange of
     * a message. Whoever looks at it must not change it: others of the run may look too.
     *
     * @param type what is looked for
     * @param <T> its type
     * @return what was passed along, empty where it is nothing or of another type
     */
    default <T> Optional<T> carried(Class<T> type) {
        return Optional.empty();
    }

    /**
     * Tells how much fuel the call has used, for the report; of several tellings the last counts.
     * Told before the call returns or throws.
     *
     * @param units what was used, not negative
     */
    default void usedFuel(long units) {}

    /**
     * Tells that the call has not begun yet, and what it waits for: if its time is up before {@link
     * #begins()} is told, the failure says so.
     *
     * @param why a sentence about what is missing, as in {@code all 20 threads are busy}
     */
    default void waits(String why) {}

    /** Tells that a call that had to wait has begun. */
    default void begins() {}
}
