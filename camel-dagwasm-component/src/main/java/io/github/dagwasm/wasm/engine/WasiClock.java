package io.github.dagwasm.wasm.engine;

/** The time that a guest sees through WASI. For one thread at a time. */
public interface WasiClock {

    /**
     * The time of day.
     *
     * @return nanoseconds since 1970 began
     */
    long timeOfDay();

    /**
     * A time that never goes back.
     *
     * @return nanoseconds since a moment that means nothing
     */
    long monotonic();

    /** The guest has looked at one of the two. */
    void looked();

    /**
     * Whether time goes by. If it does, a guest sleeps in earnest; if not, a sleep takes no time,
     * and the clock is told of it.
     *
     * @return false if only {@link #looked} and {@link #skip} change anything
     */
    boolean runs();

    /**
     * Goes on to a later time.
     *
     * @param nanos how much later, not negative
     */
    void skip(long nanos);
}
