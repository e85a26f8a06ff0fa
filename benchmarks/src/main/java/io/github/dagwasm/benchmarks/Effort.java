package io.github.dagwasm.benchmarks;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long to measure. */
enum Effort {
    /** To see that all runs, and the order of magnitude. */
    QUICK(1, 5, 4, 1, 5, 20, 700, 20),
    /** For figures to quote. */
    FULL(3, 6, 12, 3, 12, 50, 3000, 100);

    private static final TimeValue ITERATION = TimeValue.milliseconds(100);

    private final int jmhRounds;
    private final int jmhWarmUps;
    private final int jmhMeasurements;
    private final int generations;
    private final int rounds;
    private final long sliceMillis;
    private final long warmUpMillis;
    private final int deadlines;

    Effort(
            int jmhRounds,
            int jmhWarmUps,
            int jmhMeasurements,
            int generations,
            int rounds,
            long sliceMillis,
            long warmUpMillis,
            int deadlines) {
        this.jmhRounds = jmhRounds;
        this.jmhWarmUps = jmhWarmUps;
        this.jmhMeasurements = jmhMeasurements;
        this.generations = generations;
        this.rounds = rounds;
        this.sliceMillis = sliceMillis;
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

    /** How many rounds each generation of workers makes. */
    int rounds() {
        return rounds;
    }

    /** How long a worker calls in one round. */
    long sliceMillis() {
        return sliceMillis;
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
