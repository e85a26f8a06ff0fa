package io.github.dagwasm.benchmarks;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long to measure. */
enum Effort {
    /** To see that all runs, and the order of magnitude. */
    QUICK(1, 5, 4, 1, 20, 5, 4, 1200, 20),
    /** For figures to quote. */
    FULL(3, 6, 12, 3, 100, 5, 30, 3000, 100);

    private static final TimeValue ITERATION = TimeValue.milliseconds(100);

    private final int jmhRounds;
    private final int jmhWarmUps;
    private final int jmhMeasurements;
    private final int generations;
    private final int rounds;
    private final long sliceMillis;
    private final int roundsSeconds;
    private final long warmUpMillis;
    private final int deadlines;

    Effort(
            int jmhRounds,
            int jmhWarmUps,
            int jmhMeasurements,
            int generations,
            int rounds,
            long sliceMillis,
            int roundsSeconds,
            long warmUpMillis,
            int deadlines) {
        this.jmhRounds = jmhRounds;
        this.jmhWarmUps = jmhWarmUps;
        this.jmhMeasurements = jmhMeasurements;
        this.generations = generations;
        this.rounds = rounds;
        this.sliceMillis = sliceMillis;
        this.roundsSeconds = roundsSeconds;
        this.warmUpMillis = warmUpMillis;
        this.deadlines = deadlines;
    }

    /** How many rounds JMH makes, each with fresh JVMs. */
    int jmhRounds() {
        return jmhRounds;
    }

    /** How often all workers of a contest are started anew. */
    int generations() {
        return generations;
    }

    /** How many rounds each generation of workers makes, where calls are short. */
    int rounds() {
        return rounds;
    }

    /** How long a worker calls in one round. */
    long sliceMillis() {
        return sliceMillis;
    }

    /** How long a generation's rounds may take before there are fewer. */
    int roundsSeconds() {
        return roundsSeconds;
    }

    /** How long a worker has a processor before the first round. */
    long warmUpMillis() {
        return warmUpMillis;
    }

    /** How many runs of each endless guest are stopped. */
    int deadlines() {
        return deadlines;
    }

    ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
        return options.warmupIterations(jmhWarmUps)
                .warmupTime(ITERATION)
                .measurementIterations(jmhMeasurements)
                .measurementTime(ITERATION);
    }
}
